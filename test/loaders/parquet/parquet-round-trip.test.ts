import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ColumnTable } from 'arquero';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { TabwrightError } from '../../../src/core/tabwright-error.js';
import { parquet } from '../../../src/loaders/parquet/parquet.js';
import { formatParquet, writeParquet } from '../../../src/loaders/parquet/write-parquet.js';
import { BooleanColumn } from '../../../src/table/boolean-column.js';
import { DictionaryColumn } from '../../../src/table/dictionary-column.js';
import { makeTable } from '../../../src/table/make-table.js';
import { readColumn } from '../../../src/table/read-column.js';
import { rowSlice } from '../../../src/table/row-slice.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { anyTable, cellsOf } from './arrays-table.js';

const newPath = () => join(temporaryFolder(), 'table.parquet');

describe('a table that is written as Parquet and read again', () => {
  it('has the same cells, whatever the codec and the row groups', async () => {
    const options = fc.record({
      codec: fc.constantFrom('none', 'snappy', 'gzip', 'brotli'),
      rowGroupRows: fc.integer({ min: 1, max: 50 }),
    });
    await fc.assert(
      fc.asyncProperty(anyTable, options, async (table, format) => {
        const { data } = await parquet(formatParquet(table, format)).load();
        expect(cellsOf(data)).toEqual(cellsOf(table));
      }),
      { numRuns: 300 },
    );
  });

  it('has the same cells on threads, by row groups and by rows', async () => {
    await fc.assert(
      fc.asyncProperty(anyTable, fc.integer({ min: 1, max: 9 }), async (table, rows) => {
        const bytes = formatParquet(table, { rowGroupRows: 7 });
        expect(cellsOf((await parquet(bytes, { numThreads: 2 }).load()).data)).toEqual(cellsOf(table));
        for (const control of [{}, { rows }]) {
          const joined = new Map<string, unknown[]>(table.columnNames().map((name) => [name, []]));
          for await (const batch of parquet(bytes).batches(control)) {
            for (const [name, cells] of cellsOf(batch)) joined.get(name)?.push(...cells);
          }
          expect([...joined]).toEqual(cellsOf(table));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is the same file in one piece and in batches of its row groups', async () => {
    await fc.assert(
      fc.asyncProperty(anyTable, async (table) => {
        fc.pre(table.numRows() > 0);
        async function* batches(): AsyncGenerator<ColumnTable> {
          for (let from = 0; from < table.numRows(); from += 5)
            yield rowSlice(table, from, Math.min(from + 5, table.numRows()));
        }
        const path = newPath();
        await writeParquet(path, batches());
        const { data } = await parquet(path).load();
        expect(cellsOf(data)).toEqual(cellsOf(table));
      }),
      { numRuns: 40 },
    );
  });
});

describe('parquet', () => {
  it('reads what another writer in JavaScript writes', async () => {
    const word = fc.option(fc.constantFrom('a', 'b', '', 'longer text', 'é'));
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 400 }), async (words) => {
        const numbers = words.map((_, i) => (i % 3 === 0 ? null : i / 7));
        const bytes = parquetWriteBuffer({
          columnData: [
            { name: 'word', data: words, type: 'STRING', nullable: true },
            { name: 'number', data: numbers, type: 'DOUBLE', nullable: true },
          ],
          rowGroupSize: 64,
          pageSize: 100,
        });
        const { data } = await parquet(new Uint8Array(bytes)).load();
        expect(cellsOf(data)).toEqual([
          ['word', words],
          ['number', numbers],
        ]);
      }),
      { numRuns: 60 },
    );
  });

  it('has each string of a dictionary once, whatever the number of rows and row groups', async () => {
    const words = ['free', 'team', 'pro'];
    const codes = Int32Array.from({ length: 300 }, (_, i) => i % 3);
    const bytes = formatParquet(makeTable([['plan', new DictionaryColumn(codes, words)]]), { rowGroupRows: 100 });
    const { data } = await parquet(bytes).load();
    expect(readColumn(data, 'plan')).toMatchObject({ codes, values: words });
  });
});

describe('writeParquet', () => {
  const table = makeTable([['x', Float64Array.of(1, 2, 3)]]);

  it('leaves the old file and nothing else where a batch fails', async () => {
    const path = newPath();
    writeFileSync(path, 'old');
    async function* failing(): AsyncGenerator<ColumnTable> {
      yield table;
      throw new TabwrightError('DATA_TOO_LARGE', 'the source broke');
    }
    await expect(writeParquet(path, failing())).rejects.toThrow('the source broke');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(join(path, '..'))).toEqual(['table.parquet']);
  });

  it('stops where its signal is aborted', async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(writeParquet(newPath(), table, {}, { signal: abort.signal })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });

  it.each([
    ['other columns', makeTable([['y', Float64Array.of(1)]])],
    ['another kind of a column', makeTable([['x', new BooleanColumn(Int8Array.of(1))]])],
  ])('refuses a batch with %s', async (_, second) => {
    async function* batches(): AsyncGenerator<ColumnTable> {
      yield table;
      yield second;
    }
    await expect(writeParquet(newPath(), batches())).rejects.toMatchObject({ code: 'COLUMN_INVALID' });
  });

  it('refuses no columns, and no batch at all', async () => {
    async function* none(): AsyncGenerator<ColumnTable> {}
    await expect(writeParquet(newPath(), none())).rejects.toMatchObject({ code: 'DATA_EMPTY' });
    expect(() => formatParquet(makeTable([]))).toThrow(expect.objectContaining({ code: 'DATA_EMPTY' }));
  });
});
