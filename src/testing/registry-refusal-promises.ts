// What a registry promises to refuse: what is not there, and names and paths that break the rules.
import type { Registry } from '../core/registry.js';
import { expectCode, expectEqual, type Promises } from './promises.js';
import { newName, numbersOf, smallBundle } from './registry-version-promises.js';

const BAD_NAMES = ['', '.', '..', 'a/b', 'a@b', '-a', '.hidden', 'a b', 'é', 'a\n', 'a'.repeat(129), 'batch', '../up'];
const BAD_ALIASES = ['', 'latest', '1', 'v2', 'a b', '../up', '-a', 'a'.repeat(129)];
const BAD_PATHS = ['', '/etc/model', '../model', 'a/../../model', './model', 'a//b', 'a/', 'a\\b', 'C:model', 'a\0b'];

/** Promises about what is refused. */
export const refusalPromises: Promises<Registry> = {
  async 'knows no model that was not registered'(registry) {
    const name = newName();
    const calls: Record<string, () => Promise<unknown>> = {
      get: () => registry.get(name),
      'get by alias': () => registry.get(`${name}@champion`),
      'get by number': () => registry.get(`${name}/1`),
      read: () => registry.read(name, 1),
      versions: () => registry.versions(name),
      history: () => registry.history(name),
      setAlias: () => registry.setAlias(name, 'champion', 1),
      deleteAlias: () => registry.deleteAlias(name, 'champion'),
      setTag: () => registry.setTag(name, 1, 'key', 'value'),
      delete: () => registry.delete(name, 1),
    };
    for (const [call, run] of Object.entries(calls)) await expectCode(call, 'MODEL_NOT_FOUND', run);
    expectEqual('whether list() has the name', (await registry.list()).includes(name), false);
  },

  async 'knows no version or alias that was not made'(registry) {
    const name = newName();
    await registry.put(name, smallBundle());
    for (const version of [0, -1, 2, 1.5, Number.NaN, Number.MAX_SAFE_INTEGER]) {
      await expectCode(`read ${version}`, 'MODEL_NOT_FOUND', () => registry.read(name, version));
      await expectCode(`setAlias ${version}`, 'MODEL_NOT_FOUND', () => registry.setAlias(name, 'champion', version));
      await expectCode(`setTag ${version}`, 'MODEL_NOT_FOUND', () => registry.setTag(name, version, 'key', 'value'));
      await expectCode(`delete ${version}`, 'MODEL_NOT_FOUND', () => registry.delete(name, version));
    }
    for (const reference of [`${name}/0`, `${name}/2`, `${name}/99999999999999999999`, `${name}@challenger`]) {
      await expectCode(`get ${reference}`, 'MODEL_NOT_FOUND', () => registry.get(reference));
    }
    expectEqual('the champion', (await registry.get(name)).version, 1);
  },

  async 'refuses model names that break the rules'(registry) {
    for (const name of BAD_NAMES) {
      const what = JSON.stringify(name);
      await expectCode(`put ${what}`, 'NAME_INVALID', () => registry.put(name, smallBundle()));
      await expectCode(`versions ${what}`, 'NAME_INVALID', () => registry.versions(name));
      await expectCode(`history ${what}`, 'NAME_INVALID', () => registry.history(name));
      await expectCode(`read ${what}`, 'NAME_INVALID', () => registry.read(name, 1));
      await expectCode(`delete ${what}`, 'NAME_INVALID', () => registry.delete(name, 1));
    }
    for (const reference of ['', 'a/b', 'a@', 'a@b@c', 'a/1/2', 'a/-1', '@champion', 'a@latest', 'a@v1']) {
      await expectCode(`get ${JSON.stringify(reference)}`, 'NAME_INVALID', () => registry.get(reference));
    }
  },

  async 'refuses aliases and tag names that break the rules'(registry) {
    const name = newName();
    await registry.put(name, smallBundle());
    for (const alias of BAD_ALIASES) {
      const what = JSON.stringify(alias);
      await expectCode(`setAlias ${what}`, 'NAME_INVALID', () => registry.setAlias(name, alias, 1));
      await expectCode(`deleteAlias ${what}`, 'NAME_INVALID', () => registry.deleteAlias(name, alias));
    }
    for (const tag of ['', 'a b', '../up', 'a/b', '.hidden', '__proto__', 'a'.repeat(129)]) {
      const what = JSON.stringify(tag);
      await expectCode(`setTag ${what}`, 'NAME_INVALID', () => registry.setTag(name, 1, tag, 'value'));
      const tags = Object.fromEntries([[tag, 'value']]);
      await expectCode(`put with tag ${what}`, 'NAME_INVALID', () => registry.put(name, smallBundle(), { tags }));
    }
    const expected = [{ tags: {}, aliases: ['champion'] }];
    const now = (await registry.versions(name)).map(({ tags, aliases }) => ({ tags, aliases }));
    expectEqual('the versions', now, expected);
  },

  async 'refuses bundles with no file or with paths that leave the bundle, and uses no number for them'(registry) {
    const name = newName();
    const content = new Uint8Array(1);
    const bundles = BAD_PATHS.map(
      (path) =>
        new Map([
          ['model', content],
          [path, content],
        ]),
    );
    bundles.push(
      new Map(),
      new Map([['manifest.json', content]]),
      new Map([
        ['a/b', content],
        ['a', content],
      ]),
    );
    for (const files of bundles) {
      const what = `put ${JSON.stringify([...files.keys()])}`;
      await expectCode(what, 'BUNDLE_INVALID', () => registry.put(name, files));
    }
    await expectCode('versions()', 'MODEL_NOT_FOUND', () => registry.versions(name));
    await registry.put(name, smallBundle());
    expectEqual('the numbers', numbersOf(await registry.versions(name)), [1]);
  },
};
