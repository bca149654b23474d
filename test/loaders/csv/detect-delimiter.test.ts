import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CsvOptions } from '../../../src/loaders/csv/csv-options.js';
import { parseCsv } from '../../../src/loaders/csv/parse-csv.js';

const names = (text: string, options: CsvOptions = {}) => parseCsv(Buffer.from(text), options).columnNames();

describe('a delimiter that is not given', () => {
  it('is found whatever the cells hold, as long as cells with a candidate are in quotes', () => {
    const cell = fc.array(fc.constantFrom('a', '1', ',', ';', '\t', '|', '\n', '""'), { maxLength: 6 });
    const rows = fc
      .integer({ min: 2, max: 5 })
      .chain((nColumns) =>
        fc.array(fc.array(cell, { minLength: nColumns, maxLength: nColumns }), { minLength: 1, maxLength: 10 }),
      );
    fc.assert(
      fc.property(rows, fc.constantFrom(...',;\t|'), (cells, delimiter) => {
        const lines = cells.map((row) => row.map((parts) => `"${parts.join('')}"`).join(delimiter));
        const header = cells[0]?.map((_, column) => `c${column}`) ?? [];
        expect(names([header.join(delimiter), ...lines].join('\n'))).toEqual(header);
      }),
    );
  });

  it.each([
    ['is the one that all rows agree on', 'a;b\nx, y;1\nz;2\n', ['a', 'b']],
    ['is the one with more cells where several fit', 'a,b|c,d\n1,2|3,4\n', ['a', 'b|c', 'd']],
    ['is one under which quotes are well placed', 'a,b;c\n"x";1\n', ['a,b', 'c']],
    ['is not looked for in quotes', '"a;b;c",d\n"1;2;3",4\n', ['a;b;c', 'd']],
    ['is a comma in a file of one column', 'name\nx\ny\n', ['name']],
  ])('%s', (_, text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it('names itself where rows are ragged', () => {
    expect(() => names('a;b\n1;2\n3;4\n5\n')).toThrow(
      '(delimiter ";"), but 1 row has not: line 4 has 1 (column 2, "b", is missing)',
    );
  });

  it('leaves comments and rows past the first 200 out of account', () => {
    expect(names(`# a;b;c\nx|y\n${'1|2\n'.repeat(3)}`, { comment: '#' })).toEqual(['x', 'y']);
    expect(() => names(`x|y\n${'1|2\n'.repeat(200)}${'1,2,3\n'.repeat(1000)}`)).toThrow('(delimiter "|")');
  });

  it('is no comma where the comma is the decimal mark and another one fits', () => {
    expect(names('1,5;2,5\n3,5;4,5\n', { header: false, decimal: ',' })).toHaveLength(2);
    expect(names('1,"2,5"\n', { header: false, decimal: ',' })).toHaveLength(2);
  });

  it('is not the quote', () => {
    expect(names('|a|,|b|\n|1|,|2|\n', { quote: '|' })).toEqual(['a', 'b']);
  });
});
