// What a registry promises about references, aliases and their history.
import type { PromotionEvent, Registry } from '../core/registry.js';
import { expectCode, expectEqual, type Promises } from './promises.js';
import { newName, smallBundle } from './registry-version-promises.js';

/** Promises about aliases. */
export const aliasPromises: Promises<Registry> = {
  async 'makes the first version of a name its champion, and no later one'(registry) {
    const name = newName();
    const aliases = [await registry.put(name, smallBundle()), await registry.put(name, smallBundle())];
    expectEqual(
      'the aliases from put()',
      aliases.map((version) => version.aliases),
      [['champion'], []],
    );
    expectEqual('the champion', (await registry.get(name)).version, 1);
  },

  async 'finds a version by name, name@alias and name/number'(registry) {
    const name = await threeVersions(registry);
    await registry.setAlias(name, 'challenger', 3);
    const found: number[] = [];
    for (const reference of [name, `${name}@champion`, `${name}@challenger`, `${name}/2`]) {
      found.push((await registry.get(reference)).version);
    }
    expectEqual('the versions', found, [1, 1, 3, 2]);
  },

  async 'moves an alias from one version to another'(registry) {
    const name = await threeVersions(registry);
    await registry.setAlias(name, 'champion', 3);
    await registry.setAlias(name, 'canary', 3);
    expectEqual('the aliases', await aliasesOf(registry, name), [[], [], ['canary', 'champion']]);
    await registry.setAlias(name, 'champion', 2);
    expectEqual('the aliases', await aliasesOf(registry, name), [[], ['champion'], ['canary']]);
  },

  async 'removes an alias, and does nothing where there is none'(registry) {
    const name = await threeVersions(registry);
    await registry.deleteAlias(name, 'champion');
    await registry.deleteAlias(name, 'champion');
    await registry.deleteAlias(name, 'never-set');
    expectEqual('the aliases', await aliasesOf(registry, name), [[], [], []]);
    await expectCode('a reference by a removed alias', 'MODEL_NOT_FOUND', () => registry.get(name));
    expectEqual('the number of events', (await registry.history(name)).length, 2);
  },

  async 'records every change of an alias with its reason, oldest first'(registry) {
    const name = await threeVersions(registry);
    await registry.setAlias(name, 'champion', 2, 'better AUC');
    await registry.setAlias(name, 'challenger', 3, 'trial');
    await registry.setAlias(name, 'champion', 2, 'confirmed');
    await registry.setTag(name, 2, 'note', 'no event');
    await registry.deleteAlias(name, 'challenger', 'trial over');
    const history = await registry.history(name);
    expectEqual('the first event', changeOf(history.slice(0, 1)), [['champion', null, 1]]);
    expectEqual('the changes', changeOf(history.slice(1)), [
      ['champion', 1, 2],
      ['challenger', null, 3],
      ['champion', 2, 2],
      ['challenger', 3, null],
    ]);
    expectEqual(
      'the reasons',
      history.slice(1).map(({ reason }) => reason),
      ['better AUC', 'trial', 'confirmed', 'trial over'],
    );
    for (const { at } of history) expectEqual('a time as ISO 8601 in UTC', new Date(at).toISOString(), at);
  },

  async 'refuses to delete a version that an alias points at, and keeps its history when it goes'(registry) {
    const name = await threeVersions(registry);
    await expectCode('deleting the champion', 'VERSION_CONFLICT', () => registry.delete(name, 1));
    expectEqual('the champion', (await registry.get(name)).version, 1);
    await registry.setAlias(name, 'champion', 2);
    await registry.delete(name, 1);
    expectEqual('the changes', changeOf(await registry.history(name)), [
      ['champion', null, 1],
      ['champion', 1, 2],
    ]);
  },

  async 'loses no alias that is set in parallel, and keeps the history a chain'(registry) {
    const name = await threeVersions(registry);
    const aliases = ['a', 'b', 'c', 'd'];
    await Promise.all([
      ...aliases.map((alias) => registry.setAlias(name, alias, 1)),
      ...[1, 2, 3, 2].map((version) => registry.setAlias(name, 'moving', version)),
    ]);
    const history = await registry.history(name);
    expectEqual('the number of events', history.length, 9);
    const now = new Map<string, number | null>();
    for (const { alias, from, to } of history) {
      expectEqual(`where ${alias} came from`, from, now.get(alias) ?? null);
      now.set(alias, to);
    }
    for (const [alias, version] of now) {
      expectEqual(`the version at ${alias}`, (await registry.get(`${name}@${alias}`)).version, version);
    }
  },
};

async function threeVersions(registry: Registry): Promise<string> {
  const name = newName();
  for (const content of ['one', 'two', 'three']) await registry.put(name, smallBundle(content));
  return name;
}

async function aliasesOf(registry: Registry, name: string): Promise<string[][]> {
  return (await registry.versions(name)).map(({ aliases }) => [...aliases].sort());
}

function changeOf(history: readonly PromotionEvent[]): unknown[] {
  return history.map(({ alias, from, to }) => [alias, from, to]);
}
