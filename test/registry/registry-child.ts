// A process of its own that works on a registry: `node <bundle> <directory> <task> <label> <count>`. Prints a line of JSON for
// every change that it was told is done.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isTabwrightError } from '../../src/core/is-tabwright-error.js';
import type { Registry } from '../../src/core/registry.js';
import { fileRegistry } from '../../src/registry/file-registry.js';

let previous = 0;

/** What a task does for the i-th time; returns what to print. */
const TASKS: Readonly<Record<string, (registry: Registry, label: string, i: number) => Promise<unknown>>> = {
  async put(registry, label, i) {
    const { version } = await registry.put('adult', files(`${label} ${i}`));
    return { version, content: `${label} ${i}` };
  },

  async alias(registry, label, i) {
    await registry.setAlias('adult', 'shared', 1 + (i % 2), `${label} ${i}`);
    await registry.setAlias('adult', `own-${label}`, 1, `${label} ${i}`);
    return { reasons: [`${label} ${i}`, `${label} ${i}`] };
  },

  async tag(registry, label, i) {
    await registry.setTag('adult', 1, `${label}-${i}`, label);
    return { tag: `${label}-${i}` };
  },

  async everything(registry, label, i) {
    const { version } = await registry.put('adult', files(`${label} ${i}`), { tags: { label } });
    await registry.setAlias('adult', 'newest', version, `${label} ${i}`);
    await registry.setTag('adult', version, 'i', String(i));
    if (i % 3 === 2 && previous > 1) await registry.delete('adult', previous);
    previous = version;
    return { version, content: `${label} ${i}`, i };
  },

  /** Registers until that fails; prints how it failed, and what is there then. */
  async fill(registry, label) {
    const told: number[] = [];
    try {
      for (;;) told.push((await registry.put('adult', files(label))).version);
    } catch (error) {
      const versions = (await registry.versions('adult')).map(({ version }) => version);
      for (const version of versions) await registry.read('adult', version);
      const leftovers = await readdir(join(directory, '.staging'));
      return { code: isTabwrightError(error) && error.code, told, versions, leftovers };
    }
  },
};

const [directory = '', task = '', label = '', count = ''] = process.argv.slice(2);
const registry = fileRegistry(directory);
for (let i = 0; i < Number(count); i++) {
  process.stdout.write(`${JSON.stringify(await TASKS[task]?.(registry, label, i))}\n`);
}

function files(content: string): ReadonlyMap<string, Uint8Array> {
  const model = new TextEncoder().encode(content);
  return new Map([
    ['model.txt', model],
    ['plots/roc.svg', new Uint8Array(20_000).fill(model.length)],
  ]);
}
