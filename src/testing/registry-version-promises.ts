// What a registry promises about versions: numbers, files, descriptions, tags and deletion.
import { randomUUID } from 'node:crypto';
import type { BundleFiles, ModelVersion, Registry } from '../core/registry.js';
import { expectCode, expectEqual, type Promises } from './promises.js';

/** Promises about versions. */
export const versionPromises: Promises<Registry> = {
  async 'numbers the versions of each name 1, 2, 3'(registry) {
    const [name, other] = [newName(), newName()];
    const numbers: number[] = [];
    for (const to of [name, name, other, name]) numbers.push((await registry.put(to, smallBundle())).version);
    expectEqual('the numbers', numbers, [1, 2, 1, 3]);
  },

  async 'lists versions in the order of their numbers, also past 9'(registry) {
    const name = newName();
    for (let i = 0; i < 11; i++) await registry.put(name, smallBundle());
    expectEqual('versions()', numbersOf(await registry.versions(name)), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  },

  async 'describes a version the same from put, get and versions'(registry) {
    const name = newName();
    const put = await registry.put(name, smallBundle(), { tags: { owner: 'ada' } });
    expectEqual('put()', plain(put), { name, version: 1, tags: { owner: 'ada' }, aliases: ['champion'] });
    expectEqual('createdAt as ISO 8601 in UTC', new Date(put.createdAt).toISOString(), put.createdAt);
    expectEqual('get()', await registry.get(`${name}/1`), put);
    expectEqual('versions()', await registry.versions(name), [put]);
  },

  async 'gives back the files byte for byte'(registry) {
    const name = newName();
    const everyByte = Uint8Array.from({ length: 256 }, (_, i) => i);
    const large = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31) % 251);
    const files = new Map([
      ['MLmodel', everyByte],
      ['empty', new Uint8Array()],
      ['plots/roc/fold 1 é.svg', large],
    ]);
    const { version } = await registry.put(name, files);
    expectFiles('read()', await registry.read(name, version), files);
  },

  async 'keeps the files whatever a caller does to the bytes it gave or got'(registry) {
    const name = newName();
    const bytes = Uint8Array.of(1, 2, 3);
    const files = new Map([['model', bytes]]);
    await registry.put(name, files);
    bytes.fill(9);
    files.clear();
    for (const got of (await registry.read(name, 1)).values()) got.fill(8);
    expectFiles('read()', await registry.read(name, 1), new Map([['model', Uint8Array.of(1, 2, 3)]]));
  },

  async 'keeps a version as it was when others come, aliases move and tags change'(registry) {
    const name = newName();
    const first = await registry.put(name, smallBundle('one'));
    await registry.put(name, smallBundle('two'));
    await registry.setAlias(name, 'champion', 2);
    await registry.setTag(name, 1, 'note', 'old');
    const { createdAt } = await registry.get(`${name}/1`);
    expectEqual('createdAt', createdAt, first.createdAt);
    expectFiles('read()', await registry.read(name, 1), smallBundle('one'));
  },

  async 'lists names in alphabetical order'(registry) {
    const name = newName();
    const names = [`${name}-b`, `${name}-c`, `${name}-a`];
    for (const each of names) await registry.put(each, smallBundle());
    const listed = (await registry.list()).filter((each) => names.includes(each));
    expectEqual('list()', listed, [...names].sort());
  },

  async 'sets and replaces tags of one version only'(registry) {
    const name = newName();
    await registry.put(name, smallBundle(), { tags: { stage: 'new', constructor: 'kept' } });
    await registry.put(name, smallBundle());
    await registry.setTag(name, 1, 'stage', 'tested');
    await registry.setTag(name, 1, 'data.set', 'größer\n"2"');
    const tags = (await registry.versions(name)).map((version) => version.tags);
    const expected = { stage: 'tested', constructor: 'kept', 'data.set': 'größer\n"2"' };
    expectEqual('the tags', tags, [expected, {}]);
  },

  async 'deletes a version and never uses its number again'(registry) {
    const name = newName();
    for (const content of ['one', 'two', 'three']) await registry.put(name, smallBundle(content));
    await registry.delete(name, 3);
    await registry.delete(name, 2);
    for (const read of [
      () => registry.get(`${name}/3`),
      () => registry.read(name, 3),
      () => registry.delete(name, 3),
    ]) {
      await expectCode('what was deleted', 'MODEL_NOT_FOUND', read);
    }
    expectEqual('versions()', numbersOf(await registry.versions(name)), [1]);
    expectEqual('the next number', (await registry.put(name, smallBundle())).version, 4);
    expectFiles('read() of another version', await registry.read(name, 1), smallBundle('one'));
  },

  async 'keeps a name, its numbers and its history when the last version is deleted'(registry) {
    const name = newName();
    await registry.put(name, smallBundle());
    await registry.deleteAlias(name, 'champion');
    await registry.delete(name, 1);
    expectEqual('versions()', await registry.versions(name), []);
    expectEqual('whether list() has the name', (await registry.list()).includes(name), true);
    expectEqual('the number of events', (await registry.history(name)).length, 2);
    const { version, aliases } = await registry.put(name, smallBundle());
    expectEqual('the next version', { version, aliases }, { version: 2, aliases: [] });
  },

  async 'gives parallel registrations a number each and loses no file'(registry) {
    const name = newName();
    const contents = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const put = await Promise.all(contents.map((content) => registry.put(name, smallBundle(content))));
    expectEqual('the numbers', numbersOf(put).sort(), [1, 2, 3, 4, 5, 6, 7, 8]);
    for (const [i, { version }] of put.entries()) {
      expectFiles(`read() of version ${version}`, await registry.read(name, version), smallBundle(contents[i]));
    }
    expectEqual('the champion', (await registry.get(name)).version, 1);
    expectEqual('the number of events', (await registry.history(name)).length, 1);
  },

  async 'loses no tag that is set in parallel'(registry) {
    const name = newName();
    await registry.put(name, smallBundle());
    const tags = Object.fromEntries(['a', 'b', 'c', 'd'].map((key) => [key, key]));
    await Promise.all(Object.keys(tags).map((key) => registry.setTag(name, 1, key, key)));
    expectEqual('the tags', (await registry.get(name)).tags, tags);
  },
};

/** A model name that no registry has yet. */
export function newName(): string {
  return `check-${randomUUID()}`;
}

/** A bundle of one small file. */
export function smallBundle(content = 'content'): BundleFiles {
  return new Map([['model.txt', new TextEncoder().encode(content)]]);
}

/** The numbers of versions. */
export function numbersOf(versions: readonly ModelVersion[]): number[] {
  return versions.map(({ version }) => version);
}

function plain({ name, version, tags, aliases }: ModelVersion): Omit<ModelVersion, 'createdAt'> {
  return { name, version, tags, aliases };
}

function expectFiles(what: string, actual: BundleFiles, expected: BundleFiles): void {
  expectEqual(`${what}: the paths`, [...actual.keys()].sort(), [...expected.keys()].sort());
  for (const [path, bytes] of expected) {
    expectEqual(`${what}: ${path}`, Buffer.compare(actual.get(path) ?? new Uint8Array(), bytes), 0);
  }
}
