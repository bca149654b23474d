import type { ColumnTable } from 'arquero';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveOptions } from '../../../src/core/resolve-options.js';
import { timeSlice } from '../../../src/core/time-slice.js';
import { type CsvBlock, csvBlocks } from '../../../src/loaders/csv/csv-blocks.js';
import { type CsvOptions, csvOptions } from '../../../src/loaders/csv/csv-options.js';
import { parseCsv } from '../../../src/loaders/csv/parse-csv.js';

interface Given {
  readonly text: string | Buffer;
  readonly options?: CsvOptions;
  readonly bytes?: number;
  readonly chunkBytes?: number;
  readonly types?: Parameters<typeof csvBlocks>[0]['types'];
}

async function blocksOf({ text, options, bytes = 1000, chunkBytes = 100, types = {} }: Given) {
  async function* chunks() {
    const all = Buffer.from(text);
    for (let at = 0; at < all.length; at += chunkBytes) yield all.subarray(at, at + chunkBytes);
  }
  const found: { table: ColumnTable; lines: string[]; delimiter: CsvBlock['delimiter'] }[] = [];
  const request = { chunks: chunks(), name: 'body', options: resolveOptions(csvOptions, options), types, bytes };
  for await (const block of csvBlocks({ ...request, otherTypes: 'string', slice: timeSlice() })) {
    const lines = [...block.lines()].map((line) => line.toString());
    found.push({ table: block.table, lines, delimiter: block.delimiter });
  }
  return found;
}

const rowsOf = (table: ColumnTable) => table.objects() as Record<string, unknown>[];

const cell = fc.oneof(
  fc.constantFrom('', '1', '-2.5', 'a', 'ü', '"a,b"', '"say ""x"""', '"two\nlines"', '"cr\r\nlf"', ' b '),
  fc.stringMatching(/^[a-z0-9]{1,6}$/),
);
const row = fc.tuple(fc.constantFrom('k', 'l'), cell, cell).map((cells) => cells.join());

describe('csvBlocks', () => {
  test('has the rows and lines of the whole text, wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 60 }),
        fc.constantFrom('\n', '\r\n', '\r', '\n\n'),
        fc.integer({ min: 20, max: 400 }),
        fc.integer({ min: 1, max: 200 }),
        fc.boolean(),
        async (lines, end, bytes, chunkBytes, closed) => {
          const text = ['a,b,c', ...lines].join(end) + (closed ? end : '');
          const blocks = await blocksOf({ text, bytes, chunkBytes });
          const types = { a: 'string', b: 'string', c: 'string' } as const;
          expect(blocks.flatMap(({ table }) => rowsOf(table))).toEqual(rowsOf(parseCsv(Buffer.from(text), { types })));
          expect(blocks.flatMap(({ lines }) => lines)).toEqual(lines);
          expect(blocks.every(({ table, lines }) => table.numRows() === lines.length)).toBe(true);
        },
      ),
    );
  });

  test('lets every block decide its types: one wrong cell makes strings of its own block alone', async () => {
    const cells = Array.from({ length: 4000 }, (_, i) => (i === 2500 ? 'wrong' : String(i)));
    const blocks = await blocksOf({ text: `n\n${cells.join('\n')}\n`, types: { n: 'number' } });
    const kinds = blocks.map(({ table }) => (table.column('n') instanceof Float64Array ? 'numbers' : 'strings'));
    expect(kinds.filter((kind) => kind === 'strings')).toHaveLength(1);
    expect(blocks.length).toBeGreaterThan(10);
    expect(blocks.flatMap(({ table }) => rowsOf(table).map(({ n }) => String(n)))).toEqual(cells);
  });

  test('reads large blocks as small ones', async () => {
    const text = `n,s\n${Array.from({ length: 30_000 }, (_, i) => `${i / 8},${i % 3 ? 'x' : '"y,"'}`).join('\n')}`;
    const all = async (bytes: number) =>
      (await blocksOf({ text, bytes, chunkBytes: 65_536, types: { n: 'number' } })).flatMap(({ table }) =>
        rowsOf(table),
      );
    expect(await all(200_000)).toEqual(await all(10_000));
  });

  test('leaves comments out, and finds the delimiter', async () => {
    const [block] = await blocksOf({ text: 'a;b\n# c\n1;2\n', options: { comment: '#' } });
    expect(block).toMatchObject({ delimiter: ';', lines: ['1;2'] });
  });

  test.each([
    ['no rows', 'a,b\n', 'DATA_EMPTY'],
    ['ragged rows', `a,b\n${'1,2\n'.repeat(500)}1\n`, 'CSV_MALFORMED'],
    ['an open quote', `a,b\n${'1,2\n'.repeat(500)}1,"2\n`, 'CSV_MALFORMED'],
    ['text that is not UTF-8', Buffer.from(`a,b\n${'1,2\n'.repeat(500)}1,ü\n`, 'latin1'), 'TEXT_ENCODING'],
    ['a cell past the limit', `a,b\n1,${'x'.repeat(3000)}`, 'DATA_TOO_LARGE'],
  ])('refuses %s', async (_, text, code) => {
    await expect(blocksOf({ text, options: { maxCellBytes: 2000 } })).rejects.toMatchObject({ code });
  });

  test('says in which line of the whole text a row is ragged', async () => {
    await expect(blocksOf({ text: `a,b\n${'1,2\n'.repeat(500)}1\n` })).rejects.toThrow('line 502');
  });
});
