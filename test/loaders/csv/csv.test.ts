import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { ColumnTable } from 'arquero';
import { afterAll, describe, expect, it } from 'vitest';
import type { ProgressEvent } from '../../../src/core/progress.js';
import { csv } from '../../../src/loaders/csv/csv.js';
import type { CsvOptions } from '../../../src/loaders/csv/csv-options.js';
import { parseCsv } from '../../../src/loaders/csv/parse-csv.js';
import { readColumn } from '../../../src/table/read-column.js';
import { tableCells } from '../table-cells.js';

const folder = mkdtempSync(join(tmpdir(), 'tabwright-csv-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const LONG = `n,s\n${Array.from({ length: 60_000 }, (_, row) => `${row},text ${row}\n`).join('')}`;
/** A file that takes several slices of time. */
const LONGER = LONG.concat(LONG.slice(4).repeat(15));

describe('csv', () => {
  it('loads one file as the table data, by path and by URL', async () => {
    const path = file('one file.csv', 'a,b\n1,x\n');
    for (const source of [path, pathToFileURL(path), pathToFileURL(path).href]) {
      const tables = await csv(source).load();
      expect(Object.keys(tables)).toEqual(['data']);
      expect(tableCells(tables.data)).toEqual({ a: [1], b: ['x'] });
    }
  });

  it('loads several files by name, with options and declared types', async () => {
    const sources = { customers: file('customers.csv', 'id;name\n01;x\n'), usage: file('usage.csv', 'id;n\n01;2,5\n') };
    const { customers, usage } = await csv(sources, { decimal: ',' }).load({ types: { id: 'number' } });
    expect(tableCells(customers)).toEqual({ id: [1], name: ['x'] });
    expect(tableCells(usage)).toEqual({ id: [1], n: [2.5] });
  });

  it('takes the tokens that a schema declares for missing, beside its own, whole and in batches', async () => {
    const loader = csv(file('tokens.csv', 'day,n\n-,1\n2024-01-01,unknown\nNA,3\n'));
    const control = { missing: ['-', 'unknown'] };
    const expected = { day: [null, new Date('2024-01-01'), null], n: [1, Number.NaN, 3] };
    expect(tableCells((await loader.load(control)).data)).toEqual(expected);
    for await (const batch of loader.batches(control)) expect(tableCells(batch)).toEqual(expected);
    expect(tableCells((await loader.load()).data).n).toEqual(['1', 'unknown', '3']);
  });

  it('reads what parseCsv reads, and again at the next load', async () => {
    const loader = csv(file('long.csv', LONG));
    const expected = tableCells(parseCsv(Buffer.from(LONG)));
    expect(tableCells((await loader.load()).data)).toEqual(expected);
    expect(tableCells((await loader.load()).data)).toEqual(expected);
  });

  it('reads a large file with threads as with one, and words its errors the same', async () => {
    const options = [{ numThreads: 1 }, { numThreads: 2 }, { numThreads: 3 }];
    const path = file('large.csv', `${LONGER}"x\ny",last\n`);
    const tables = await Promise.all(options.map(async (given) => (await csv(path, given).load()).data));
    const [one, ...others] = tables.map((table) => table.columnNames().map((name) => readColumn(table, name)));
    expect(one?.map((column) => column.length)).toEqual([960_001, 960_001]);
    // Element by element, the assertion library takes seconds.
    for (const columns of others) expect(isDeepStrictEqual(columns, one)).toBe(true);
    const ragged = file('large-ragged.csv', `${LONGER}1\n${LONG}`);
    const errors = await Promise.all(options.map((given) => csv(ragged, given).load().catch(String)));
    expect(errors[0]).toMatch(/line 960002 has 1 \(column 2, "s", is missing\)$/);
    expect(new Set(errors).size).toBe(1);
  });

  it.skipIf(process.platform === 'win32')('reads a pipe, whole and in batches', async () => {
    for (const read of [
      async (path: string) => (await csv(path).load()).data,
      async (path: string) => (await csv(path).batches()[Symbol.asyncIterator]().next()).value as ColumnTable,
    ]) {
      const path = join(folder, 'pipe');
      execFileSync('mkfifo', [path]);
      const [table] = await Promise.all([read(path), writeFile(path, 'a,b\n1,x\n')]);
      expect(tableCells(table)).toEqual({ a: [1], b: ['x'] });
      rmSync(path);
    }
  });

  it('tells its progress in bytes over all files, never backwards, from nothing to all', async () => {
    const events: ProgressEvent[] = [];
    // A column that turns to strings at the end is read twice.
    const sources = { a: file('a.csv', `${LONGER}x,y\n`), b: file('b.csv', 'a\n1\n') };
    await csv(sources).load({ onProgress: (event) => events.push(event) });
    const total = LONGER.length + 'x,y\n'.length + 'a\n1\n'.length;
    expect(events[0]).toEqual({ phase: 'load', completed: 0, total, message: sources.a });
    expect(events.at(-1)).toEqual({ phase: 'load', completed: total, total, message: sources.b });
    const completed = events.map((event) => event.completed);
    expect(completed).toEqual([...completed].sort((a, b) => a - b));
  });

  it('lets other work run between the steps of parsing', async () => {
    const loader = csv(file('longer.csv', LONGER));
    let turn = 0;
    let ended = false;
    const count = () => {
      turn += 1;
      if (!ended) setImmediate(count);
    };
    setImmediate(count);
    const turns: number[] = [];
    await loader.load({ onProgress: ({ completed, total }) => completed < total && turns.push(turn) });
    ended = true;
    expect(new Set(turns).size).toBeGreaterThan(2);
  });

  it('stops where its signal is aborted, before and during the work', async () => {
    const loader = csv(file('stop.csv', LONGER));
    const cancelled = expect.objectContaining({ code: 'CANCELLED' });
    await expect(loader.load({ signal: AbortSignal.abort() })).rejects.toThrow(cancelled);
    const during = new AbortController();
    const onProgress = ({ completed }: ProgressEvent) => {
      if (completed > 0) during.abort();
    };
    await expect(loader.load({ signal: during.signal, onProgress })).rejects.toThrow(cancelled);
    const reading = new AbortController();
    const loading = loader.load({ signal: reading.signal });
    setImmediate(() => reading.abort());
    await expect(loading).rejects.toThrow(cancelled);
  });

  it.each([
    ['a file that is not there', join(folder, 'absent.csv'), 'FILE_NOT_FOUND', /^csv: there is no file .*absent\.csv$/],
    ['a folder', folder, 'FILE_NOT_FOUND', /^csv: cannot read .* \(EISDIR\)$/],
    ['an empty file', file('empty.csv', ''), 'DATA_EMPTY', /empty\.csv: the file is empty$/],
    [
      'a ragged file',
      file('ragged.csv', 'a,b\n1\n'),
      'CSV_MALFORMED',
      /ragged\.csv: .* line 2 has 1 \(column 2, "b", is missing\)$/,
    ],
  ])('refuses %s, by its path', async (_, path, code, message) => {
    const error = expect.objectContaining({ code, message: expect.stringMatching(message) });
    await expect(csv(path).load()).rejects.toThrow(error);
    await expect(csv({ good: file('good.csv', 'a\n1\n'), bad: path }).load()).rejects.toThrow(error);
  });

  it('refuses wrong options at once, before any file is read', () => {
    expect(() => csv('absent.csv', { delimiter: 'xx' })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    expect(() => csv('absent.csv', { head: true } as CsvOptions)).toThrow(
      expect.objectContaining({
        code: 'OPTION_UNKNOWN',
        message: 'csv: there is no option head; did you mean header?',
      }),
    );
  });

  it.each(['https://example.com/a.csv', 's3://bucket/a.csv'])('refuses %s, which is no file', (source) => {
    const message = `csv: source must be a path or a file: URL, got ${source.split('//')[0]}`;
    const error = expect.objectContaining({ code: 'OPTION_INVALID', message });
    expect(() => csv(source)).toThrow(error);
    expect(() => csv(new URL(source))).toThrow(error);
  });
});
