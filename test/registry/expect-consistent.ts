import { expect } from 'vitest';
import type { Registry } from '../../src/core/registry.js';

/** Every version of `adult` is whole, every alias points at one, and the history is a chain that ends at the aliases. */
export async function expectConsistent(registry: Registry): Promise<void> {
  const versions = await registry.versions('adult');
  for (const { version } of versions) expect((await registry.read('adult', version)).size).toBe(2);
  const history = await registry.history('adult');
  const now = new Map<string, number | null>();
  for (const { alias, from, to } of history) {
    expect(from).toBe(now.get(alias) ?? null);
    now.set(alias, to);
  }
  const aliases = versions.flatMap(({ aliases, version }) => aliases.map((alias) => [alias, version]));
  expect(Object.fromEntries(aliases)).toEqual(Object.fromEntries([...now].filter(([, to]) => to !== null)));
  expect(history[0]).toMatchObject({ alias: 'champion', from: null, to: 1 });
}
