// Every online store keeps the promises of the contract; that in files also across processes, kills and damage.
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OnlineEntry } from '../../../src/core/online-store.js';
import { fileOnlineStore } from '../../../src/features/online/file-online-store.js';
import { memoryOnlineStore } from '../../../src/features/online/memory-online-store.js';
import { writeSegment } from '../../../src/features/online/online-segment.js';
import { checkOnlineStore } from '../../../src/testing/check-online-store.js';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'online-'));
});
afterEach(() => rm(root, { recursive: true }));

const kept = (value: string, keepUntil?: number): OnlineEntry => ({ value, keepUntil });
const open = () => fileOnlineStore(root, { refreshMs: 0 });

test('the online store in memory keeps its promises', () => checkOnlineStore(memoryOnlineStore));

describe('the online store in files', () => {
  test('keeps its promises', () => checkOnlineStore(open));

  test('shows what another one over the same directory wrote, at once or when it looks again', async () => {
    const [writer, reader, lazy] = [open(), open(), fileOnlineStore(root, { refreshMs: 60_000 })];
    expect(await lazy.read('n', ['a'])).toEqual([undefined]);
    await writer.write('n', [['a', kept('1')]]);
    expect(await reader.read('n', ['a'])).toEqual(['1']);
    expect(await lazy.read('n', ['a'])).toEqual([undefined]);
  });

  test('merges segments that replace each other, and readers before and after see the same', async () => {
    const [writer, early] = [open(), open()];
    for (let i = 0; i < 70; i++) {
      await writer.write('n', [
        ['a', kept(String(i))],
        [`k${i % 5}`, i % 7 === 0 ? null : kept(String(i))],
      ]);
      if (i === 10) await early.read('n', ['a']);
    }
    expect((await readdir(join(root, 'n'))).length).toBeLessThan(30);
    const keys = ['a', 'k0', 'k1', 'k2', 'k3', 'k4'];
    const expected = ['69', '65', '66', '67', '68', '69'];
    for (const store of [writer, early, open()]) expect(await store.read('n', keys)).toEqual(expected);
  });

  test('reads what was written while others merged in its own place, whenever it looks', async () => {
    const segment = (number: number, changes: [string, OnlineEntry | null][], covers = 0) =>
      writeSegment(join(root, 'n', String(number)), changes, covers);
    const early = open();
    await mkdir(join(root, 'n'));
    await segment(1, [['a', kept('1')]]);
    await segment(2, [['b', kept('2')]]);
    expect(await early.read('n', ['a', 'b'])).toEqual(['1', '2']);
    await segment(3, [['a', kept('3')]]);
    const middle = open();
    expect(await middle.read('n', ['a', 'b'])).toEqual(['3', '2']);
    await segment(
      4,
      [
        ['a', kept('1')],
        ['b', kept('2')],
      ],
      2,
    );
    for (const store of [early, middle, open()]) expect(await store.read('n', ['a', 'b'])).toEqual(['3', '2']);
    await segment(6, [['b', kept('6')]]);
    expect(await early.read('n', ['b'])).toEqual(['2']);
    await segment(5, [['b', kept('5')]]);
    for (const store of [early, middle, open()]) expect(await store.read('n', ['a', 'b'])).toEqual(['3', '6']);
  });

  test('forgets entries past their time when it merges', async () => {
    const store = open();
    await store.write('n', [['old', kept('1', Date.now() - 1)]]);
    for (let i = 0; i < 20; i++) await store.write('n', [['a', kept(String(i))]]);
    expect(await open().read('n', ['old', 'a'])).toEqual([undefined, '19']);
  });

  test.each(['segment.json', 'changes.ndjson'])('refuses a damaged %s', async (file) => {
    await open().write('n', [['a', kept('1')]]);
    const [segment] = await readdir(join(root, 'n'));
    await writeFile(join(root, 'n', `${segment}`, file), '{"format":1,"covers":0');
    await expect(open().read('n', ['a'])).rejects.toMatchObject({ code: 'BUNDLE_INVALID' });
    await rm(join(root, 'n', `${segment}`, file));
    await expect(open().read('n', ['a'])).rejects.toMatchObject({ code: 'BUNDLE_INVALID' });
  });

  test.each(['', '../up', '.staging', 'a/b', 'x'.repeat(201)])('refuses the namespace %j', async (namespace) => {
    await expect(open().read(namespace, ['a'])).rejects.toMatchObject({ code: 'NAME_INVALID' });
  });

  test('refuses an empty directory name and unknown options', () => {
    expect(() => fileOnlineStore('')).toThrowError(expect.objectContaining({ code: 'OPTION_INVALID' }));
    expect(() => fileOnlineStore(root, { refresh: 1 } as object)).toThrowError(
      expect.objectContaining({ code: 'OPTION_UNKNOWN' }),
    );
  });
});
