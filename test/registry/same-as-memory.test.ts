// Any sequence of calls gives the same answers from the file registry as from the naive one in memory.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Registry } from '../../src/core/registry.js';
import { fileRegistry } from '../../src/registry/file-registry.js';
import { memoryRegistry } from '../../src/testing/memory-registry.js';
import { outcomeOf, registryState } from './registry-state.js';

type Call = (registry: Registry) => Promise<unknown>;

/** Mostly one of the good values; a bad one now and then. */
const mostly = <T>(good: readonly T[], bad: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: fc.constantFrom(...bad) });

const name = mostly(['a', 'constructor'], ['never', 'bad name']);
const alias = mostly(['champion', 'canary', 'toString'], ['v1']);
const version = mostly([1, 2, 3], [0, 9]);
const text = fc.string({ unit: 'binary', maxLength: 8 });
const tagName = mostly(['owner', 'constructor', 'a.b-c_d'], ['bad name']);
const path = mostly(['MLmodel', 'plots/roc.svg', 'plots/pr.svg', '__proto__', 'constructor'], ['plots', '../out']);
const files = fc
  .uniqueArray(fc.tuple(path, fc.uint8Array({ maxLength: 10 })), { selector: ([file]) => file, maxLength: 3 })
  .map((pairs): ReadonlyMap<string, Uint8Array> => new Map(pairs));
const tags = fc
  .uniqueArray(fc.tuple(tagName, text), { selector: ([tag]) => tag, maxLength: 2 })
  .map(Object.fromEntries);
const reference = fc.oneof(
  name,
  fc.tuple(name, alias).map(([model, pointer]) => `${model}@${pointer}`),
  fc.tuple(name, version).map(([model, number]) => `${model}/${number}`),
);

/** Calls by how often they come, shown in a counterexample by what they say. */
const call: fc.Arbitrary<readonly [string, Call]> = fc.oneof(
  { weight: 4, arbitrary: shown('put', [name, files, fc.record({ tags })], (r, ...given) => r.put(...given)) },
  { weight: 2, arbitrary: shown('get', [reference], (r, ...given) => r.get(...given)) },
  { weight: 1, arbitrary: shown('read', [name, version], (r, ...given) => r.read(...given)) },
  { weight: 1, arbitrary: shown('versions', [name], (r, ...given) => r.versions(...given)) },
  { weight: 1, arbitrary: shown('history', [name], (r, ...given) => r.history(...given)) },
  { weight: 3, arbitrary: shown('setAlias', [name, alias, version, text], (r, ...given) => r.setAlias(...given)) },
  { weight: 2, arbitrary: shown('deleteAlias', [name, alias, text], (r, ...given) => r.deleteAlias(...given)) },
  { weight: 2, arbitrary: shown('setTag', [name, version, tagName, text], (r, ...given) => r.setTag(...given)) },
  { weight: 2, arbitrary: shown('delete', [name, version], (r, ...given) => r.delete(...given)) },
);

function shown<Given extends unknown[]>(
  method: string,
  given: { [K in keyof Given]: fc.Arbitrary<Given[K]> },
  run: (registry: Registry, ...given: Given) => Promise<unknown>,
): fc.Arbitrary<readonly [string, Call]> {
  return fc
    .tuple<Given>(...given)
    .map((values) => [`${method}(${fc.stringify(values)})`, (registry) => run(registry, ...values)]);
}

test('answers every call as the registry in memory does, also when opened anew', async () => {
  const root = await mkdtemp(join(tmpdir(), 'same-'));
  let nRuns = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 10, maxLength: 40 }), async (calls) => {
      const directory = join(root, String(nRuns++));
      const [onDisk, inMemory] = [fileRegistry(directory), memoryRegistry()];
      for (const [what, run] of calls) {
        expect(await outcomeOf(() => run(onDisk)), what).toEqual(await outcomeOf(() => run(inMemory)));
      }
      expect(await registryState(fileRegistry(directory))).toEqual(await registryState(inMemory));
    }),
    { numRuns: 40 },
  );
  await rm(root, { recursive: true });
});
