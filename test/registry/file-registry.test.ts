import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Registry } from '../../src/core/registry.js';
import { fileRegistry } from '../../src/registry/file-registry.js';
import { checkRegistry } from '../../src/testing/check-registry.js';

let root = '';
let registry: Registry;
const bytes = (text: string) => new TextEncoder().encode(text);
const bundle = () =>
  new Map([
    ['MLmodel', bytes('flavors: {}\n')],
    ['plots/roc.svg', bytes('<svg/>')],
  ]);
const refusal = (code: string, message: string | RegExp) =>
  expect.objectContaining({ code, message: typeof message === 'string' ? message : expect.stringMatching(message) });

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'registry-'));
  registry = fileRegistry(root);
});
afterEach(() => rm(root, { recursive: true }));

test('keeps the promises of a registry', async () => {
  await checkRegistry(() => registry);
  expect(await readdir(join(root, '.staging'))).toEqual([]);
}, 60_000);

test('keeps them across instances on one directory, as a restarted process would see it', async () => {
  const reopened = new Proxy(registry, {
    get: (_, property) => {
      const other = fileRegistry(root);
      const method: unknown = Reflect.get(other, property);
      return typeof method === 'function' ? method.bind(other) : method;
    },
  });
  await checkRegistry(() => reopened);
}, 60_000);

describe('the directory', () => {
  test('has the layout that docs/registry.md shows', async () => {
    await registry.put('adult', bundle(), { tags: { owner: 'ada' } });
    await registry.put('adult', bundle());
    await registry.setTag('adult', 2, 'stage', 'trial');
    await registry.setAlias('adult', 'champion', 2, 'better AUC');
    const files = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(files.map((file) => join(file.parentPath, file.name).slice(root.length + 1)).sort()).toEqual([
      'adult/history/000001/event.json',
      'adult/history/000002/event.json',
      'adult/tags/2/stage.json',
      'adult/versions/1/MLmodel',
      'adult/versions/1/manifest.json',
      'adult/versions/1/plots/roc.svg',
      'adult/versions/2/MLmodel',
      'adult/versions/2/manifest.json',
      'adult/versions/2/plots/roc.svg',
    ]);
    expect(await readFile(join(root, 'adult/versions/1/MLmodel'), 'utf8')).toBe('flavors: {}\n');
    const event = await readFile(join(root, 'adult/history/000002/event.json'), 'utf8');
    expect(event).toMatch(/^\{"at":"[^"]+","alias":"champion","from":1,"to":2,"reason":"better AUC",.*\}\n$/);
  });

  test('is made by the first put; before that nothing is there and nothing is made', async () => {
    const directory = join(root, 'deep', 'models');
    const absent = fileRegistry(directory);
    expect(await absent.list()).toEqual([]);
    await expect(absent.get('adult')).rejects.toThrowError(refusal('MODEL_NOT_FOUND', 'there is no model adult'));
    await expect(absent.deleteAlias('adult', 'champion')).rejects.toThrowError(refusal('MODEL_NOT_FOUND', /adult/));
    expect(await readdir(root)).toEqual([]);
    await absent.put('adult', bundle());
    expect(await fileRegistry(directory).list()).toEqual(['adult']);
  });

  test('may hold files and folders that are no models', async () => {
    await registry.put('adult', bundle());
    await writeFile(join(root, 'README.md'), '');
    await mkdir(join(root, 'notes', 'history'), { recursive: true });
    await mkdir(join(root, 'empty'));
    expect(await registry.list()).toEqual(['adult']);
    await expect(registry.versions('notes')).rejects.toThrowError(refusal('MODEL_NOT_FOUND', /notes/));
    await expect(registry.put('notes', bundle())).rejects.toThrowError(refusal('STORAGE_FAILED', /notes/));
  });

  test('must not be a file, nor below one', async () => {
    const file = join(root, 'file');
    await writeFile(file, '');
    for (const path of [file, join(file, 'below')]) {
      const broken = fileRegistry(path);
      for (const run of [() => broken.put('a', bundle()), () => broken.list(), () => broken.get('a')]) {
        await expect(run()).rejects.toThrowError(refusal('STORAGE_FAILED', /ENOTDIR|EEXIST/));
      }
    }
  });

  test('frees the space of a deleted version but keeps what it was', async () => {
    await registry.put('adult', bundle());
    await registry.put('adult', bundle());
    await registry.delete('adult', 2);
    expect(await readdir(join(root, 'adult/versions/2'))).toEqual(['manifest.json']);
  });

  test('loses leftovers of writers that are gone for an hour, and no younger ones', async () => {
    const [old, young] = [join(root, '.staging/old'), join(root, '.staging/young')];
    for (const path of [old, young]) await mkdir(join(path, 'adult/versions/1'), { recursive: true });
    const longAgo = Date.now() / 1000 - 3700;
    await utimes(old, longAgo, longAgo);
    await registry.put('adult', bundle());
    expect(await readdir(join(root, '.staging'))).toEqual(['young']);
  });

  test('stays where it was when the working directory changes', async () => {
    const before = process.cwd();
    try {
      process.chdir(root);
      const relative = fileRegistry('models');
      process.chdir(tmpdir());
      await relative.put('adult', bundle());
    } finally {
      process.chdir(before);
    }
    expect(await readdir(root)).toEqual(['models']);
  });
});

describe('damage', () => {
  const file = (path: string) => join(root, 'adult/versions/1', path);
  beforeEach(async () => {
    await registry.put('adult', bundle());
    await registry.put('adult', new Map([['model', bytes('two')]]));
  });

  test.each<[string, () => Promise<void>, string]>([
    ['cut in half', () => truncate(file('MLmodel'), 6), 'MLmodel is cut off or altered: expected 12 bytes, found 6'],
    ['longer', () => appendFile(file('MLmodel'), 'x'), 'MLmodel is cut off or altered: expected 12 bytes, found 13'],
    [
      'other bytes',
      () => writeFile(file('MLmodel'), 'flavorz: {}\n'),
      'MLmodel was altered: its digest is not the one stored with it',
    ],
    ['missing', () => rm(file('plots/roc.svg')), 'plots/roc.svg is missing'],
    ['no manifest', () => rm(file('manifest.json')), 'manifest.json is missing'],
    [
      'half a manifest',
      () => truncate(file('manifest.json'), 60),
      'manifest.json is cut off or altered: it is not JSON (60 characters)',
    ],
    ['another manifest', () => writeFile(file('manifest.json'), '[]'), 'manifest.json is not of format 1'],
    [
      'bare manifest',
      () => writeFile(file('manifest.json'), '{"format":1,"createdAt":"","tags":{}}'),
      'manifest.json has no files with sizes and digests',
    ],
  ])('of a version (%s) is named with its file, and hides no other version', async (_what, damage, rule) => {
    await damage();
    await expect(registry.read('adult', 1)).rejects.toThrowError(refusal('BUNDLE_INVALID', `adult/1: ${rule}`));
    expect((await registry.read('adult', 2)).size).toBe(1);
    expect((await registry.put('adult', bundle())).version).toBe(3);
    await registry.setAlias('adult', 'champion', 2);
    await registry.delete('adult', 1);
    expect((await registry.versions('adult')).map(({ version }) => version)).toEqual([2, 3]);
  });

  test('of a manifest cannot lead out of the version', async () => {
    const manifest = await readFile(file('manifest.json'), 'utf8');
    await writeFile(file('manifest.json'), manifest.replace('MLmodel', '../2/model'));
    await expect(registry.read('adult', 1)).rejects.toThrowError(refusal('BUNDLE_INVALID', /"\.\.\/2\/model"/));
  });

  test('of the last event is named', async () => {
    const event = join(root, 'adult/history/000001/event.json');
    for (const text of [
      '',
      '{"at":"2026',
      '{}',
      '[]',
      'null',
      '{"at":"x","alias":"a","from":"1","to":1,"reason":"","aliases":{},"deleted":[]}',
    ]) {
      await writeFile(event, text);
      await expect(registry.get('adult')).rejects.toThrowError(
        refusal('BUNDLE_INVALID', /000001\/event\.json is cut off or altered/),
      );
    }
    await rm(event);
    await expect(registry.get('adult')).rejects.toThrowError(refusal('BUNDLE_INVALID', /event\.json is missing/));
  });

  test('of a tag is named', async () => {
    await registry.setTag('adult', 1, 'owner', 'ada');
    await writeFile(join(root, 'adult/tags/1/owner.json'), '"ad');
    await expect(registry.get('adult')).rejects.toThrowError(
      refusal('BUNDLE_INVALID', /owner\.json is cut off or altered/),
    );
  });

  test('is no matter of files that a version did not have', async () => {
    await mkdir(file('__pycache__'));
    await writeFile(file('__pycache__/loader.pyc'), '');
    expect([...(await registry.read('adult', 1)).keys()]).toEqual(['MLmodel', 'plots/roc.svg']);
  });
});

describe('messages and options', () => {
  test('suggest the nearest model and alias', async () => {
    await registry.put('adult', bundle());
    await expect(registry.get('adlut')).rejects.toThrowError('there is no model adlut; did you mean adult?');
    await expect(registry.get('adult@chamipon')).rejects.toThrowError(
      'model adult has no alias chamipon; did you mean champion?',
    );
    await expect(registry.get('adult/7')).rejects.toThrowError('model adult has no version 7');
    await expect(registry.delete('adult', 1)).rejects.toThrowError('adult/1 cannot be deleted: champion points at it');
  });

  test('are checked', () => {
    expect(() => fileRegistry('')).toThrowError(refusal('OPTION_INVALID', /directory must not be empty/));
    expect(() => fileRegistry(root, { busyTimeoutMs: -1 })).toThrowError(refusal('OPTION_INVALID', /busyTimeoutMs/));
    expect(() => fileRegistry(root, { busyTimeout: 1 } as object)).toThrowError(
      refusal('OPTION_UNKNOWN', /busyTimeoutMs/),
    );
  });
});
