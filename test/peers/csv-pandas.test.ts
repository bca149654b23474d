// Real files read as pandas reads them: the same columns, types and values, numbers to the bit.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { CsvOptions } from '../../src/loaders/csv-options.js';
import { parseCsv } from '../../src/loaders/parse-csv.js';
import { BooleanColumn } from '../../src/table/boolean-column.js';
import type { Column } from '../../src/table/column.js';
import { DateColumn } from '../../src/table/date-column.js';
import { readColumn } from '../../src/table/read-column.js';
import { realData } from './real-data.js';
import { hasPython, runPython } from './run-python.js';

interface Case {
  readonly file: string;
  readonly options?: CsvOptions;
  /** The same options in pandas' words. */
  readonly pandas?: Readonly<Record<string, unknown>>;
  /** Columns that pandas must be told to read as dates. */
  readonly dates?: readonly string[];
}

const NO_HEADER = { options: { header: false }, pandas: { sep: '\t', header: null } };
const CASES: readonly Case[] = [
  { file: 'adult.csv' },
  { file: 'telco-churn.csv' },
  { file: 'titanic.csv' },
  { file: 'diamonds.csv' },
  { file: 'taxis.csv', dates: ['pickup', 'dropoff'] },
  { file: 'pollution-beijing.csv' },
  { file: 'penguins.csv' },
  { file: 'mpg.csv' },
  { file: 'iris.csv' },
  { file: 'higgs-7k-train.tsv', ...NO_HEADER },
  { file: 'higgs-500-test.tsv', ...NO_HEADER },
  { file: 'messy/airquality-eu-semicolon.csv', options: { decimal: ',' }, pandas: { sep: ';', decimal: ',' } },
  { file: 'messy/olympic-winners-bom.csv' },
  { file: 'messy/riddler-castles-newlines.csv' },
];

interface PandasColumn {
  readonly name: string;
  readonly kind: string;
  readonly cells: readonly unknown[];
}

describe.each(CASES)('parseCsv on $file', ({ file, options = {}, pandas = {}, dates = [] }) => {
  const path = realData(file);
  if (path === undefined || !hasPython) {
    test.skip('needs pandas (npm run test:peers) and the public data sets (TABWRIGHT_DATA)', () => {});
    return;
  }

  test('gives the columns, types and values of pandas', () => {
    const theirs = runPython('csv_pandas.py', { path, options: pandas, dates }) as readonly PandasColumn[];
    const table = parseCsv(readFileSync(path), options);
    if (options.header !== false) expect(table.columnNames()).toEqual(theirs.map(({ name }) => name));
    expect(table.numCols()).toBe(theirs.length);
    table.columnNames().forEach((name, position) => {
      const column = readColumn(table, name);
      expect([name, kindOf(column)]).toEqual([name, theirs[position]?.kind]);
      expect(plain(column)).toEqual(theirs[position]?.cells);
    });
  });
});

function kindOf(column: Column): string {
  if (column instanceof Float64Array) return 'number';
  if (column instanceof BooleanColumn) return 'boolean';
  return column instanceof DateColumn ? 'date' : 'string';
}

/** Missing cells null, dates ISO, numbers with the sign of their zeros, which JSON.stringify would drop. */
function plain(column: Column): unknown[] {
  return Array.from<unknown, unknown>([...column], (cell) => {
    if (cell instanceof Date) return cell.toISOString();
    return Number.isNaN(cell) ? null : cell;
  });
}
