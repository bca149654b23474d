// Real files that are not as RFC 4180 would have them.
import { readFileSync } from 'node:fs';
import type { ColumnTable } from 'arquero';
import { describe, expect, it } from 'vitest';
import { type ParseCsvOptions, parseCsv } from '../../../src/loaders/csv/parse-csv.js';
import { readColumn } from '../../../src/table/read-column.js';
import { realData } from '../../peers/real-data.js';

const MISSING = 'no such file: set TABWRIGHT_DATA to a folder that has messy/';

function messy(title: string, file: string, check: (read: (options?: ParseCsvOptions) => ColumnTable) => void): void {
  it(title, ({ skip }) => {
    const path = realData(`messy/${file}`);
    if (path === undefined) return skip(MISSING);
    check((options) => parseCsv(readFileSync(path), { name: file, ...options }));
  });
}

const numericColumns = (table: ColumnTable) =>
  table.columnNames().filter((name) => readColumn(table, name) instanceof Float64Array);

describe('a messy file', () => {
  messy('has semicolons and decimal commas', 'airquality-eu-semicolon.csv', (read) => {
    const table = read({ decimal: ',' });
    expect([table.numRows(), table.numCols()]).toEqual([9357, 14]);
    expect(numericColumns(table)).toEqual(table.columnNames().slice(1));
    expect(table.object(0)).toMatchObject({ Time: '18.00.00', 'CO(GT)': 2.6, T: 13.6, AH: 0.7578 });
    expect(numericColumns(read())).not.toContain('AH');
  });

  messy('has a byte order mark and CRLF', 'olympic-winners-bom.csv', (read) => {
    const table = read();
    expect(table.numRows()).toBe(8618);
    expect(table.object(0)).toEqual({
      athlete: 'Michael Phelps',
      age: 23,
      country: 'United States',
      year: 2008,
      date: '24/08/2008',
      sport: 'Swimming',
      gold: 8,
      silver: 0,
      bronze: 0,
      total: 8,
    });
  });

  messy('has a header with more names than the rows have cells', 'iris-decimal-comma.csv', (read) => {
    const message =
      'iris-decimal-comma.csv: every row must have 7 cells like the first (delimiter ","), but all 150 others, from line 2 on, have 5 (column 6, "Petal length", is missing)';
    expect(() => read()).toThrow(expect.objectContaining({ code: 'CSV_MALFORMED', message }));
  });

  messy('has line breaks in quoted cells', 'riddler-castles-newlines.csv', (read) => {
    const table = read();
    expect([table.numRows(), table.numCols()]).toEqual([1349, 11]);
    expect(numericColumns(table)).toEqual(table.columnNames().slice(0, 10));
    expect(table.get(table.columnName(10) ?? '', 1)).toMatch(
      /either strategy\.\n\nOne way[\s\S]*the "10s all around" strategy/,
    );
  });

  messy('has comments, indented quotes and blank lines', 'multiline-comments.csv', (read) => {
    const table = read({ comment: '//', trim: true });
    expect(table.columnNames()).toEqual(['id', 'description', 'animal']);
    const id = table.array('id') as number[];
    expect(id).toEqual([10, 11, 12, 13, 14, 15, 16, 17, Number.NaN, 19, 20, 21, 22]);
    expect(table.array('animal')).toEqual([
      'dog',
      'cat',
      'bird',
      'dog',
      'cat',
      'bird',
      'dog',
      null,
      'bird',
      'dog',
      'cat',
      'bird',
      'dog',
    ]);
    expect(table.get('description', 2)).toBe('this is a multiline\nquoted description');
    expect(table.get('description', 5)).toMatch(
      /^this is a multiline\n[\s\S]*\n\/\/and this comment[\s\S]*"multiline"$/,
    );
    expect(table.get('description', 9)).toBeNull();
    expect(table.get('description', 10)).toBe('we also allow"quotes in the middle of fields');
    expect(table.get('description', 11)).toBe('or also at the end"');
    expect(() => read()).toThrow(expect.objectContaining({ code: 'CSV_MALFORMED' }));
  });

  messy('has rows that end early', 'missing-fields.csv', (read) => {
    const message =
      'missing-fields.csv: every row must have 7 cells like the first (delimiter ","), but 2 rows have not: line 10 has 4 (column 5, "date", is missing), line 11 has 6 (column 7, "num4", is missing)';
    expect(() => read()).toThrow(expect.objectContaining({ code: 'CSV_MALFORMED', message }));
  });
});
