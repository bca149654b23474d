import type { ColumnTable } from 'arquero';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../../src/loaders/csv/parse-csv.js';
import { json } from '../../../src/loaders/json/json.js';
import { ndjson } from '../../../src/loaders/json/ndjson.js';
import { formatJson, formatNdjson, writeJson, writeNdjson } from '../../../src/loaders/json/write-json.js';
import { DateColumn } from '../../../src/table/date-column.js';
import { DictionaryColumn } from '../../../src/table/dictionary-column.js';
import { makeTable } from '../../../src/table/make-table.js';
import { readColumn } from '../../../src/table/read-column.js';
import { rowSlice } from '../../../src/table/row-slice.js';
import { tableCells } from '../table-cells.js';
import { newFile } from './json-files.js';

const words = ['free', 'pro', '', 'NA', '2024-01-01', '1', 'é"\n'];
const anyTable = fc.integer({ min: 1, max: 20 }).chain((nRows) => {
  const cells = <T>(cell: fc.Arbitrary<T>) => fc.array(cell, { minLength: nRows, maxLength: nRows });
  const number = fc.oneof(fc.double({ noDefaultInfinity: true }), fc.integer(), fc.constant(-0));
  return fc
    .tuple(cells(number), cells(fc.integer({ min: -1, max: 6 })), cells(fc.integer({ min: 0, max: 2e12 })))
    .map(([numbers, codes, instants]) =>
      makeTable([
        ['number', Float64Array.from(numbers)],
        ['word', new DictionaryColumn(Int32Array.from(codes), words)],
        ['at', new DateColumn(Float64Array.from(instants))],
      ]),
    );
});
const types = { word: 'string' } as const;

describe('a table that is written as JSON and read again', () => {
  it('has the same cells, as records, as columns, as lines and in batches', async () => {
    await fc.assert(
      fc.asyncProperty(anyTable, fc.integer({ min: 1, max: 7 }), async (table, rows) => {
        const sources = [
          json(newFile(formatJson(table))),
          json(newFile(formatJson(table, { orient: 'columns' }))),
          ndjson(newFile(formatNdjson(table))),
          ndjson(newFile(formatNdjson(table), 'data.ndjson.gz')),
        ];
        for (const source of sources) {
          expect(tableCells((await source.load({ types })).data)).toEqual(tableCells(table));
          const joined: Record<string, unknown[]> = { number: [], word: [], at: [] };
          for await (const batch of source.batches({ rows, types })) {
            for (const [name, cells] of Object.entries(tableCells(batch))) joined[name]?.push(...cells);
          }
          expect(joined).toEqual(tableCells(table));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('has columns of the types that the same table has as CSV', async () => {
    const cell = fc.constantFrom<string | number | boolean | null>(
      null,
      1.5,
      -2,
      true,
      false,
      'a',
      '2024-02-29',
      '2024-02-29T12:30:00Z',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 4 }), async (cells) => {
        const csv = parseCsv(Buffer.from(`x\n${cells.map((value) => value ?? 'NA').join('\n')}\n`));
        const lines = cells.map((x) => JSON.stringify({ x })).join('\n');
        const { data } = await ndjson(newFile(lines)).load();
        expect(readColumn(data, 'x').constructor).toBe(readColumn(csv, 'x').constructor);
        expect(tableCells(data)).toEqual(tableCells(csv));
      }),
      { numRuns: 300 },
    );
  });

  it('is written whole, from batches too', async () => {
    const table = makeTable([['x', Float64Array.of(1, Number.NaN, 3)]]);
    async function* batches(): AsyncGenerator<ColumnTable> {
      yield rowSlice(table, 0, 2);
      yield rowSlice(table, 2, 3);
    }
    const path = newFile('old');
    await writeNdjson(path, batches());
    expect(tableCells((await ndjson(path).load()).data)).toEqual(tableCells(table));
    await writeJson(path, table);
    expect(tableCells((await json(path).load()).data)).toEqual(tableCells(table));
  });

  it('cannot hold an infinity', () => {
    const table = makeTable([['x', Float64Array.of(1 / 0)]]);
    for (const format of [formatJson, formatNdjson]) {
      expect(() => format(table)).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
    }
  });
});
