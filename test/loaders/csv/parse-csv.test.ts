import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../../src/loaders/csv/parse-csv.js';
import { DictionaryColumn } from '../../../src/table/dictionary-column.js';
import { tableCells } from '../table-cells.js';

const csv = (text: string) => Buffer.from(text);

describe('parseCsv', () => {
  it('gives typed arrays of exactly the rows', () => {
    const table = parseCsv(csv('n,s\n1,x\n,y\n3,x\n'));
    const numbers = table.column('n') as unknown as Float64Array;
    expect(numbers).toEqual(Float64Array.of(1, Number.NaN, 3));
    expect(numbers.buffer.byteLength).toBe(3 * 8);
    expect(table.column('s')).toEqual(new DictionaryColumn(Int32Array.of(0, 1, 0), ['x', 'y']));
  });

  it('reads a view into a larger buffer, and changes nothing in it', () => {
    const whole = new Uint8Array(Buffer.from('junk,a,b\n1,"2"""\njunk'));
    const before = whole.slice();
    const view = whole.subarray(5, whole.length - 4);
    expect(tableCells(parseCsv(view))).toEqual({ a: [1], b: ['2"'] });
    expect(whole).toEqual(before);
  });

  it('gives equal strings one code, however they are quoted', () => {
    const column = parseCsv(csv('s,n\nx"y,1\n"x""y",2\n"plain",3\nplain,4\n')).column('s') as DictionaryColumn;
    expect(column.values).toEqual(['x"y', 'plain']);
    expect(column.codes).toEqual(Int32Array.of(0, 0, 1, 1));
  });

  it('reads missing tokens in quotes, doubled quotes included', () => {
    const table = parseCsv(csv('s,n\nx,1\n"say ""no""","NA"\n'), { missing: ['say "no"', 'NA'] });
    expect(tableCells(table)).toEqual({ s: ['x', null], n: [1, Number.NaN] });
  });

  it('keeps Infinity, which no schema takes, so that its row can be named', () => {
    expect(tableCells(parseCsv(csv('x\n1\ninf\n-Infinity\n')))).toEqual({
      x: [1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    });
  });

  it('reads more columns than rows fit into a block', () => {
    const width = 5_000;
    const line = (cell: (column: number) => unknown) => Array.from({ length: width }, (_, i) => cell(i)).join(',');
    const rows = Array.from({ length: 200 }, (_, row) =>
      line((column) => (row === 199 && column === 7 ? 'x' : row + column)),
    );
    const table = parseCsv(csv([line((column) => `c${column}`), ...rows].join('\n')));
    expect([table.numRows(), table.numCols()]).toEqual([200, width]);
    expect(table.get('c4999', 199)).toBe(199 + 4999);
    expect(table.get('c7', 0)).toBe('7');
  });

  it('changes its mind about a column of nothing but missing cells only as often as it must', () => {
    const gap = ',1\n'.repeat(40_000);
    const table = parseCsv(csv(`x,n\n${gap}2024-01-02,1\n${gap}soon,1\n`));
    expect(table.get('x', 40_000)).toBe('2024-01-02');
    expect(table.get('x', 80_001)).toBe('soon');
    expect(table.get('x', 5)).toBeNull();
  });

  it('refuses ten megabytes in one cell in one error, quoted or bare', () => {
    const cell = 'x'.repeat(10_000_000);
    for (const text of [`a,b\n1,${cell}\n`, `a,b\n1,"${cell}"\n`, `a,${cell}\n1,2\n`]) {
      expect(() => parseCsv(csv(text))).toThrow(
        expect.objectContaining({
          code: 'DATA_TOO_LARGE',
          message: expect.stringMatching(
            /line [12], column 2: a cell must have at most 1048576 bytes \(maxCellBytes\), got 10000000$/,
          ),
        }),
      );
    }
    expect(parseCsv(csv(`a,b\n1,${cell}\n`), { maxCellBytes: 10_000_000 }).get('b', 0)).toHaveLength(10_000_000);
  });

  it('refuses more than a hundred thousand columns', () => {
    expect(() => parseCsv(csv(','.repeat(100_000)))).toThrow(
      expect.objectContaining({ code: 'DATA_TOO_LARGE', message: 'csv: at most 100000 columns are read, got 100001' }),
    );
  });

  it('shows no cell of the data in its errors', () => {
    for (const text of ['a,b\n"secret"x,1\n', 'a,b\n1,"secret\n', 'a,b\nsecret\n', `a\n${'secret'.repeat(200_000)}`]) {
      expect(() => parseCsv(csv(text))).toThrow(expect.not.stringContaining('secret'));
    }
  });
});
