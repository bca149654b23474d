import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CsvOptions } from '../../../src/loaders/csv/csv-options.js';
import { parseCsv } from '../../../src/loaders/csv/parse-csv.js';
import { tableCells } from '../table-cells.js';
import { naiveCsv } from './naive-csv.js';

const LINE_ENDS = ['\n', '\r\n', '\r'];
const STRINGS_ONLY = { header: false, missing: [], delimiter: ',' };

/** Parses with every column a string. */
function parseStrings(text: string, options: CsvOptions = STRINGS_ONLY): string[][] {
  const types = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`column_${i + 1}`, 'string' as const]));
  const columns = Object.values(tableCells(parseCsv(Buffer.from(text), { ...options, types }))) as string[][];
  return (columns[0] ?? []).map((_, row) => columns.map((column) => column[row] as string));
}

/** Text of a few characters that matter to the parser. */
const nasty = (characters: string) =>
  fc.array(fc.constantFrom(...characters), { maxLength: 40 }).map((list) => list.join(''));

describe('parseCsv against a naive parser', () => {
  it('reads any text that is CSV to the same cells, and refuses the same texts', () => {
    fc.assert(
      fc.property(nasty('ab,,""\n\n\r é'), (text) => {
        const rows = naiveCsv(text);
        const isTable = rows !== undefined && rows.length > 0 && rows.every((row) => row.length === rows[0]?.length);
        if (isTable) expect(parseStrings(text)).toEqual(rows);
        else expect(() => parseStrings(text)).toThrow(/csv: /);
      }),
      { numRuns: 3000 },
    );
  });

  it('takes any delimiter and quote', () => {
    fc.assert(
      fc.property(nasty("a;;''\n\r,\""), (text) => {
        const rows = naiveCsv(text, ';', "'");
        fc.pre(rows !== undefined && rows.length > 0 && rows.every((row) => row.length === rows[0]?.length));
        expect(parseStrings(text, { ...STRINGS_ONLY, delimiter: ';', quote: "'" })).toEqual(rows);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads the same cells whatever the line ends, and whether the last line has one', () => {
    const cell = nasty('ab" ').map((text) => (text.includes('"') ? `"${text.replaceAll('"', '""')}"` : `${text}.`));
    const lines = fc.array(fc.tuple(cell, cell), { minLength: 1 });
    fc.assert(
      fc.property(lines, fc.constantFrom(...LINE_ENDS), fc.boolean(), (rows, end, ended) => {
        const text = rows.map((row) => row.join(',')).join(end) + (ended ? end : '');
        expect(parseStrings(text)).toEqual(naiveCsv(text));
      }),
    );
  });
});

describe('types of columns', () => {
  const cells = fc.array(fc.constantFrom('1', '-2.5', 'true', 'FALSE', '2024-02-29', 'x', ''), { minLength: 1 });

  it('depend on the set of cells, not on their order', () => {
    const shuffled = cells.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, others]) => {
        const type = (of: string[]) => parseCsv(Buffer.from(`x,y\n${of.map((c) => `${c},\n`).join('')}`)).column('x');
        expect(type(others)?.constructor).toBe(type(list)?.constructor);
      }),
    );
  });

  it('do not depend on quotes', () => {
    fc.assert(
      fc.property(cells, (list) => {
        const bare = list.map((cell) => `${cell},\n`).join('');
        const inQuotes = list.map((cell) => `"${cell}",""\n`).join('');
        expect(tableCells(parseCsv(Buffer.from(`x,y\n${inQuotes}`)))).toEqual(
          tableCells(parseCsv(Buffer.from(`x,y\n${bare}`))),
        );
      }),
    );
  });

  it('are decided by the last row as much as by the first, over many blocks of rows', () => {
    const late = fc.record({
      nRows: fc.integer({ min: 15_000, max: 40_000 }),
      last: fc.constantFrom('x', 'true', '2024-01-01'),
    });
    fc.assert(
      fc.property(late, fc.constantFrom('', '7', 'false', '2023-05-06'), ({ nRows, last }, first) => {
        const text = `x,n\n${`${first},1\n`.repeat(nRows)}${last},1\n`;
        const column = parseCsv(Buffer.from(text)).column('x');
        const expected = parseCsv(Buffer.from(`x,n\n${first},1\n${last},1\n`)).column('x');
        expect(column?.constructor).toBe(expected?.constructor);
        expect([column?.length, column?.at(0), column?.at(nRows)]).toEqual([
          nRows + 1,
          expected?.at(0),
          expected?.at(1),
        ]);
      }),
      { numRuns: 20 },
    );
  });
});
