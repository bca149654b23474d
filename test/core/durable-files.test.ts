import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  createDirectory,
  createFile,
  makeDirectory,
  replaceFile,
  syncDirectory,
} from '../../src/core/durable-files.js';
import { watchFiles } from './faulty-files.js';

vi.mock('node:fs/promises', async (importOriginal) => {
  const { faultyFiles } = await import('./faulty-files.js');
  return faultyFiles(await importOriginal());
});

const FAILED = expect.objectContaining({ code: 'STORAGE_FAILED' });
let directory = '';
let path = '';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'durable-'));
  path = join(directory, 'file');
});
afterEach(() => rm(directory, { recursive: true }));

async function* pieces() {
  yield 'a, ';
  yield 'b';
}

describe('replaceFile', () => {
  test.each([
    ['text', 'größer', 'größer'],
    ['bytes', new TextEncoder().encode('größer'), 'größer'],
    ['nothing', '', ''],
    ['pieces', pieces(), 'a, b'],
  ])('writes %s, and leaves nothing else behind', async (_what, content, expected) => {
    await replaceFile(path, 'old');
    await replaceFile(path, content);
    expect(await readFile(path, 'utf8')).toBe(expected);
    expect(await readdir(directory)).toEqual(['file']);
  });

  test('flushes the file before it gets its name, and the folder after', async () => {
    const { calls } = await watchFiles(() => replaceFile(path, 'new'));
    const kinds = calls.map((call) => call.split(' ')[0]);
    expect(kinds).toEqual(['open', 'write', 'sync', 'close', 'rename', 'open', 'sync', 'close']);
    expect(calls[2]).toMatch(/^sync \.file\..*\.tmp$/);
    expect(calls[6]).toBe(`sync ${directory.split('/').at(-1)}`);
  });

  test('leaves the old content, and no other file, when the disk is full at any call up to the rename', async () => {
    for (const call of [0, 1, 2, 3, 4]) {
      await writeFile(path, 'old');
      const { error } = await watchFiles(() => replaceFile(path, 'new'), { call, how: 'full' });
      expect(error).toMatchObject({ code: 'STORAGE_FULL', status: 507, cause: { code: 'ENOSPC' } });
      expect(await readFile(path, 'utf8')).toBe('old');
      expect(await readdir(directory)).toEqual(['file']);
    }
  });

  test('leaves the old content or the new when the process dies at any call', async () => {
    const contents: string[] = [];
    for (let call = 0; call < 8; call++) {
      await writeFile(path, 'old');
      await watchFiles(() => replaceFile(path, 'new'), { call, how: 'dead' });
      contents.push(await readFile(path, 'utf8'));
    }
    expect(contents).toEqual(['old', 'old', 'old', 'old', 'old', 'new', 'new', 'new']);
  });

  test('readers see one whole content or another while writers replace it', async () => {
    const contents = ['a', 'b', 'c'].map((letter) => letter.repeat(200_000));
    await replaceFile(path, 'a'.repeat(200_000));
    let writing = true;
    const writers = Promise.all(
      contents.map(async (content) => {
        for (let i = 0; i < 10; i++) await replaceFile(path, content);
      }),
    ).finally(() => {
      writing = false;
    });
    while (writing) expect(contents).toContain(await readFile(path, 'utf8'));
    await writers;
    expect(await readdir(directory)).toEqual(['file']);
  });

  test('fails with a code where the folder is missing or the name is taken by a folder', async () => {
    await expect(replaceFile(join(directory, 'none', 'file'), 'new')).rejects.toThrowError(FAILED);
    await makeDirectory(join(path, 'inner'));
    await expect(replaceFile(path, 'new')).rejects.toThrowError(FAILED);
    expect(await readdir(directory)).toEqual(['file']);
  });

  test('passes on what the pieces throw', async () => {
    await writeFile(path, 'old');
    const { TabwrightError } = await import('../../src/core/tabwright-error.js');
    async function* broken() {
      yield 'half';
      throw new TabwrightError('CSV_MALFORMED', 'row 2');
    }
    await expect(replaceFile(path, broken())).rejects.toThrowError(expect.objectContaining({ code: 'CSV_MALFORMED' }));
    expect(await readFile(path, 'utf8')).toBe('old');
  });
});

describe('createFile', () => {
  test('never writes over a file', async () => {
    await createFile(path, 'first');
    await expect(createFile(path, 'second')).rejects.toThrowError(FAILED);
    expect(await readFile(path, 'utf8')).toBe('first');
  });
});

describe('makeDirectory', () => {
  test('makes every level and flushes each into the one above', async () => {
    const { calls } = await watchFiles(() => makeDirectory(join(directory, 'a', '..', 'b', 'c')));
    expect(await readdir(join(directory, 'b'))).toEqual(['c']);
    const synced = calls.filter((call) => call.startsWith('sync'));
    expect(synced).toEqual(['sync b', `sync ${directory.split('/').at(-1)}`]);
  });

  test('does nothing where the directory exists', async () => {
    const { calls, error } = await watchFiles(() => makeDirectory(directory));
    expect([calls.length, error]).toEqual([1, undefined]);
  });

  test('fails with a code where a file is in the way', async () => {
    await writeFile(path, '');
    await expect(makeDirectory(join(path, 'inner'))).rejects.toThrowError(FAILED);
  });
});

describe('createDirectory', () => {
  const files = new Map<string, string | Uint8Array>([
    ['a', 'one'],
    ['b/c/d', Uint8Array.of(1)],
    ['b/e', ''],
  ]);

  test('writes the files, and flushes every file and folder', async () => {
    const target = join(directory, 'new');
    const { calls } = await watchFiles(() => createDirectory(target, files));
    expect(await readFile(join(target, 'a'), 'utf8')).toBe('one');
    expect([...(await readFile(join(target, 'b/c/d')))]).toEqual([1]);
    expect((await stat(join(target, 'b/e'))).size).toBe(0);
    const last = (call: string) => calls.lastIndexOf(call);
    for (const [name, folder] of Object.entries({ a: 'new', d: 'c', c: 'b', e: 'b', b: 'new' })) {
      expect(last(`sync ${name}`)).toBeGreaterThan(-1);
      expect(last(`sync ${folder}`)).toBeGreaterThan(
        calls.findIndex((call) => /^(open|mkdir)/.test(call) && call.endsWith(name)),
      );
    }
  });

  test('fails with a code at every call on a full disk', async () => {
    const { calls } = await watchFiles(() => createDirectory(join(directory, 'whole'), files));
    for (let call = 0; call < calls.length; call++) {
      const target = join(directory, `full-${call}`);
      const { error } = await watchFiles(() => createDirectory(target, files), { call, how: 'full' });
      expect(error).toMatchObject({ code: 'STORAGE_FULL' });
    }
  });
});

test('syncDirectory fails with a code where there is no such directory', async () => {
  await expect(syncDirectory(join(directory, 'none'))).rejects.toThrowError(FAILED);
});
