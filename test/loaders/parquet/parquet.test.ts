import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { isTabwrightError } from '../../../src/core/is-tabwright-error.js';
import type { ProgressEvent } from '../../../src/core/progress.js';
import { parquet } from '../../../src/loaders/parquet/parquet.js';
import { formatParquet } from '../../../src/loaders/parquet/write-parquet.js';
import { DictionaryColumn } from '../../../src/table/dictionary-column.js';
import { makeTable } from '../../../src/table/make-table.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { cellsOf } from './arrays-table.js';

const nRows = 500;
const table = makeTable([
  ['id', Float64Array.from({ length: nRows }, (_, i) => i)],
  [
    'plan',
    new DictionaryColumn(
      Int32Array.from({ length: nRows }, (_, i) => i % 3),
      ['free', 'team', 'pro'],
    ),
  ],
]);
const bytes = formatParquet(table, { rowGroupRows: 100 });

function writtenInt64(values: bigint[]): Uint8Array {
  return new Uint8Array(
    parquetWriteBuffer({ columnData: [{ name: 'id', data: values, type: 'INT64', nullable: false }] }),
  );
}

describe('parquet', () => {
  it('reads a path, a file: URL, bytes and several files by name', async () => {
    const path = join(temporaryFolder(), 'table.parquet');
    writeFileSync(path, bytes);
    for (const source of [path, pathToFileURL(path), bytes]) {
      expect(cellsOf((await parquet(source).load()).data)).toEqual(cellsOf(table));
    }
    const { a, b } = await parquet({ a: path, b: bytes }).load();
    expect([a.numRows(), b.numRows()]).toEqual([nRows, nRows]);
  });

  it('reads the columns asked for, in that order', async () => {
    const { data } = await parquet(bytes, { columns: ['plan'] }).load();
    expect(data.columnNames()).toEqual(['plan']);
    await expect(parquet(bytes, { columns: ['plans'] }).load()).rejects.toMatchObject({
      code: 'COLUMN_MISSING',
      message: 'parquet: column plans is not in the file; did you mean plan?',
    });
  });

  it('reports progress in bytes, up to the end', async () => {
    const events: ProgressEvent[] = [];
    await parquet(bytes, { numThreads: 2 }).load({ onProgress: (event) => events.push(event) });
    expect(events.at(0)).toMatchObject({ phase: 'load', completed: 0 });
    expect(events.at(-1)?.completed).toBe(events.at(-1)?.total);
    expect(events.length).toBeGreaterThan(5);
  });

  it('stops where its signal is aborted, before and while it reads', async () => {
    for (const numThreads of [1, 2]) {
      const abort = new AbortController();
      const onProgress = ({ completed }: ProgressEvent) => completed > 0 && abort.abort();
      const loading = parquet(bytes, { numThreads }).load({ signal: abort.signal, onProgress });
      await expect(loading).rejects.toMatchObject({ code: 'CANCELLED' });
      await expect(parquet(bytes).load({ signal: abort.signal })).rejects.toMatchObject({ code: 'CANCELLED' });
    }
  });

  it('gives an empty table for a file without rows', async () => {
    const none = formatParquet(makeTable([['x', new Float64Array(0)]]));
    expect(cellsOf((await parquet(none).load()).data)).toEqual([['x', []]]);
    const batches = [];
    for await (const batch of parquet(none).batches()) batches.push(batch.numRows());
    expect(batches).toEqual([0]);
  });

  it('refuses integers that are no doubles, unless they are declared', async () => {
    const file = writtenInt64([1n, 2n ** 53n + 1n, -(2n ** 62n) - 3n]);
    await expect(parquet(file).load()).rejects.toMatchObject({
      code: 'COLUMN_INVALID',
      message: expect.stringContaining('column id, row group 0: holds integers past 2^53 that a double does not hold'),
    });
    const held = await parquet(writtenInt64([2n ** 53n, -(2n ** 62n)])).load();
    expect(cellsOf(held.data)).toEqual([['id', [2 ** 53, -(2 ** 62)]]]);
    const rounded = await parquet(file).load({ types: { id: 'number' } });
    expect(cellsOf(rounded.data)).toEqual([['id', [1, 2 ** 53, -(2 ** 62)]]]);
    const digits = await parquet(file).load({ types: { id: 'string' } });
    expect(cellsOf(digits.data)).toEqual([['id', ['1', '9007199254740993', '-4611686018427387907']]]);
  });

  it('refuses nested columns by name, and reads the others', async () => {
    const file = new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: 'id', data: [1, 2] },
          { name: 'tags', data: [['a', 'b'], []] },
        ],
        schema: [
          { name: 'root', num_children: 2 },
          { name: 'id', type: 'DOUBLE', repetition_type: 'REQUIRED' },
          { name: 'tags', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
          { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
          { name: 'element', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
        ],
      }),
    );
    await expect(parquet(file).load()).rejects.toMatchObject({
      code: 'COLUMN_INVALID',
      message: expect.stringContaining('column tags is nested'),
    });
    expect(cellsOf((await parquet(file, { columns: ['id'] }).load()).data)).toEqual([['id', [1, 2]]]);
  });

  it('refuses rows past maxBytes before it reads them', async () => {
    await expect(parquet(bytes, { maxBytes: 12 * nRows - 1 }).load()).rejects.toMatchObject({ code: 'DATA_TOO_LARGE' });
    await expect(parquet(bytes, { maxBytes: 12 * nRows }).load()).resolves.toBeDefined();
    const batches = parquet(bytes, { maxBytes: 1200 }).batches();
    for await (const batch of batches) expect(batch.numRows()).toBe(100);
  });

  it('names the file and what is wrong for what is no Parquet file', async () => {
    const cases = [Buffer.alloc(0), Buffer.from('age,plan\n31,pro\n'), bytes.subarray(0, 700), bytes.subarray(9)];
    for (const wrong of cases) {
      await expect(parquet(wrong).load()).rejects.toMatchObject({ code: 'PARQUET_MALFORMED' });
    }
    await expect(parquet('no-such.parquet').load()).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    expect(() => parquet('https://example.com/x.parquet')).toThrow('got https:');
  });

  it('gives a table or one coded error for a file with any bytes changed', async () => {
    const small = formatParquet(makeTable(table.columnNames().map((name) => [name, table.column(name) as never])), {
      rowGroupRows: 250,
      codec: 'none',
    });
    const known = ['PARQUET_MALFORMED', 'COLUMN_INVALID', 'TEXT_ENCODING', 'DATA_TOO_LARGE', 'DATA_EMPTY'];
    const change = fc.tuple(fc.integer({ min: 0, max: small.length - 1 }), fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const changed = Uint8Array.from(small);
        for (const [at, byte] of changes) changed[at] = byte;
        const outcome = await parquet(changed)
          .load()
          .catch((error: unknown) => error);
        if (outcome instanceof Error) expect(isTabwrightError(outcome) && known.includes(outcome.code)).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });
});
