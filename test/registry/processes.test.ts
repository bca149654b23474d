// Several real processes on one registry, and processes killed at any moment.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.js';
import type { Registry } from '../../src/core/registry.js';
import { fileRegistry } from '../../src/registry/file-registry.js';
import { expectConsistent } from './expect-consistent.js';
import { type Child, childStarter } from './start-child.js';

let folder = '';
let directory = '';
let registry: Registry;
let nRegistries = 0;
let start: (...args: readonly string[]) => Child;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'processes-'));
  start = await childStarter(folder);
});
beforeEach(() => {
  directory = join(folder, `models-${nRegistries++}`);
  registry = fileRegistry(directory);
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs one task in several processes at once; gives all that they printed. */
async function together(task: string, nProcesses: number, count: number): Promise<Record<string, unknown>[]> {
  const children = Array.from({ length: nProcesses }, (_, i) => start(directory, task, `p${i}`, String(count)));
  const ended = await Promise.all(children.map((child) => child.ended));
  expect(ended.map(({ errors }) => errors).join('')).toBe('');
  expect(children.map((child) => child.process.exitCode)).toEqual(children.map(() => 0));
  return ended.flatMap(({ lines }) => lines);
}

async function contentOf(version: number): Promise<string> {
  return Buffer.from((await registry.read('adult', version)).get('model.txt') ?? []).toString();
}

test.each([2, 4])('%i processes that register one name at once lose no version', async (nProcesses) => {
  const told = await together('put', nProcesses, 12);
  expect(told.length).toBe(12 * nProcesses);
  expect(told.map(({ version }) => version).sort((a, b) => Number(a) - Number(b))).toEqual(told.map((_, i) => i + 1));
  for (const { version, content } of told) expect(await contentOf(Number(version))).toBe(content);
  expect((await registry.history('adult')).length).toBe(1);
  await expectConsistent(registry);
  expect(await readdir(join(directory, '.staging'))).toEqual([]);
});

test('4 processes that move aliases and set tags at once lose no change', async () => {
  await together('put', 1, 2);
  const told = await together('alias', 4, 6);
  await expectConsistent(registry);
  const history = await registry.history('adult');
  const reasons = history.slice(1).map(({ reason }) => reason);
  expect(reasons.sort()).toEqual(told.flatMap(({ reasons }) => reasons).sort());

  const tags = (await together('tag', 4, 6)).map(({ tag }) => tag);
  expect(Object.keys((await registry.get('adult')).tags).sort()).toEqual(tags.sort());
});

test('a process killed at any moment leaves every change whole, and loses none that it had reported', async () => {
  const random = createRandom(11);
  for (let round = 0; round < 12; round++) {
    const child = start(directory, 'everything', `r${round}`, '1000');
    await child.started;
    await setTimeout(random.next() * 30);
    child.process.kill('SIGKILL');
    const { lines, errors } = await child.ended;
    expect([errors, child.process.signalCode]).toEqual(['', 'SIGKILL']);
    await expectConsistent(registry);
    const versions = new Set((await registry.versions('adult')).map(({ version }) => version));
    for (const { version, content, i } of lines) {
      if (versions.has(Number(version))) expect(await contentOf(Number(version))).toBe(content);
      // The second of every three versions is deleted when the third is there.
      else expect(Number(i) % 3).toBe(1);
    }
  }
});
