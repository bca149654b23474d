import { expect, test } from 'vitest';
import type { ModelVersion, Registry } from '../../src/core/registry.js';
import { checkRegistry } from '../../src/testing/check-registry.js';
import { memoryRegistry } from '../../src/testing/memory-registry.js';

test('the registry in memory keeps the promises', async () => {
  await checkRegistry(memoryRegistry);
});

test('a registry that holds other models keeps them too', async () => {
  const registry = memoryRegistry();
  await checkRegistry(() => registry);
  await checkRegistry(async () => registry);
});

type Broken = (registry: Registry) => Partial<Registry>;
const ignoring = async (): Promise<void> => {};
const without = (key: keyof ModelVersion, value: unknown) => (version: ModelVersion) => ({ ...version, [key]: value });

const BROKEN: Readonly<Record<string, readonly [RegExp, Broken]>> = {
  'numbers from 0': [
    /numbers the versions/,
    (registry) => ({
      put: async (...given) => {
        const version = await registry.put(...given);
        return { ...version, version: version.version - 1 };
      },
    }),
  ],
  'versions sorted as text': [
    /also past 9/,
    (registry) => ({
      versions: async (name) =>
        (await registry.versions(name)).toSorted((a, b) => (`${a.version}` < `${b.version}` ? -1 : 1)),
    }),
  ],
  'every version champion': [
    /no later one/,
    (registry) => ({
      put: async (...given) => {
        const put = await registry.put(...given);
        await registry.setAlias(put.name, 'champion', put.version);
        return registry.get(`${put.name}/${put.version}`);
      },
    }),
  ],
  'local time': [
    /same from put, get and versions: createdAt/,
    (registry) => ({ put: async (...given) => without('createdAt', 'Mon Nov 23 2026')(await registry.put(...given)) }),
  ],
  'tags forgotten': [/tags of one version/, () => ({ setTag: ignoring })],
  'aliases forgotten': [/moves an alias/, () => ({ setAlias: ignoring })],
  'aliases kept': [/removes an alias/, () => ({ deleteAlias: ignoring })],
  'reasons forgotten': [
    /with its reason/,
    (registry) => ({ setAlias: (name, alias, version) => registry.setAlias(name, alias, version) }),
  ],
  'history backwards': [
    /oldest first/,
    (registry) => ({ history: async (name) => (await registry.history(name)).toReversed() }),
  ],
  'nothing deleted': [/deletes a version/, () => ({ delete: ignoring })],
  'names backwards': [/alphabetical/, (registry) => ({ list: async () => (await registry.list()).toReversed() })],
  'shared bytes': [
    /whatever a caller does/,
    (registry) => {
      const files = new Map<string, Awaited<ReturnType<Registry['read']>>>();
      return {
        read: async (name, version) => {
          const held = files.get(`${name}/${version}`) ?? (await registry.read(name, version));
          files.set(`${name}/${version}`, held);
          return held;
        },
      };
    },
  ],
  'a file less': [
    /byte for byte/,
    (registry) => ({ read: async (...given) => new Map([...(await registry.read(...given))].slice(1)) }),
  ],
  'no error for what is not there': [/knows no model/, () => ({ versions: async () => [] })],
  'another error for what is not there': [
    /must throw MODEL_NOT_FOUND, but got Error: no/,
    () => ({ history: () => Promise.reject(new Error('no')) }),
  ],
};

test.each(Object.entries(BROKEN))('finds %s', async (_what, [message, broken]) => {
  const make = () => {
    const registry = memoryRegistry();
    const whole = Object.fromEntries(
      Object.getOwnPropertyNames(Object.getPrototypeOf(registry)).map((method) => [
        method,
        (...given: never[]) => Reflect.apply(Reflect.get(registry, method), registry, given),
      ]),
    );
    return { ...(whole as unknown as Registry), ...broken(registry) };
  };
  await expect(checkRegistry(make)).rejects.toThrowError(message);
});

test('tells how many promises are broken, one a line, with what was thrown', async () => {
  const error: AggregateError = await checkRegistry(() => Promise.reject(new Error('no disk'))).catch(
    (thrown) => thrown,
  );
  expect(error.message).toMatch(/^checkRegistry: (\d+) of \1 promises do not hold\n(- .+: no disk\n?)+$/);
  expect(error.errors[0]).toMatchObject({ message: 'no disk' });
});
