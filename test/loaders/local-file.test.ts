import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { csv } from '../../src/loaders/csv/csv.js';
import { isFileSource, localFile } from '../../src/loaders/local-file.js';
import type { ByteSource } from '../../src/loaders/remote/byte-source.js';
import { tableCells } from './table-cells.js';

const folder = mkdtempSync(join(tmpdir(), 'tabwright-local-'));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => vi.stubEnv('TMPDIR', folder));
afterEach(() => {
  vi.unstubAllEnvs();
  expect(readdirSync(folder)).toEqual([]);
});

const remote = (text: string, name = 'remote'): ByteSource => ({
  name,
  async copyTo(file) {
    await file.writeFile(text);
  },
});

it('fetches a remote file to one that nobody else can read, and removes it', async () => {
  const file = await localFile('csv', remote('a\n1\n'))({});
  expect(file.name).toBe('remote');
  expect(statSync(file.path)).toMatchObject({ size: 4 });
  if (process.platform !== 'win32') expect(statSync(file.path).mode & 0o077).toBe(0);
  await file.remove();
});

it('leaves nothing behind, whether a load succeeds, fails to fetch or fails to parse', async () => {
  expect(tableCells((await csv(remote('a\n1\n')).load()).data)).toEqual({ a: [1] });
  await expect(csv(remote('a,b\n1\n')).load()).rejects.toThrow(/^remote: every row must have 2 cells/);
  const broken: ByteSource = { name: 'broken', copyTo: () => Promise.reject(new Error('broken')) };
  const error = expect.objectContaining({
    code: 'STORAGE_FAILED',
    message: expect.stringMatching(/cannot store broken/),
  });
  await expect(csv({ good: remote('a\n1\n'), broken }).load()).rejects.toThrow(error);
});

it('removes the file where batches end early', async () => {
  for await (const table of csv(remote('a\n1\n2\n')).batches({ rows: 1 })) {
    expect(table.numRows()).toBe(1);
    expect(readdirSync(folder)).toHaveLength(1);
    break;
  }
});

it('tells one source from several by name', () => {
  for (const source of ['a.csv', new URL('file:///a.csv'), remote('')]) expect(isFileSource(source)).toBe(true);
  for (const sources of [{}, { data: 'a.csv' }, { copyTo: 'a.csv' }]) expect(isFileSource(sources)).toBe(false);
});
