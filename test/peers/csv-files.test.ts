// Every file of the public data, read as pandas reads it: the same columns, types and values, numbers to the bit; or refused by line.
// Then again in batches and from chunks of 1, 7 and 64 KiB and of single bytes, with the same cells.
import { readdirSync, readFileSync } from 'node:fs';
import type { ColumnTable } from 'arquero';
import { beforeAll, expect, test } from 'vitest';
import type { FieldType } from '../../src/core/feature-spec.js';
import { resolveOptions } from '../../src/core/resolve-options.js';
import { timeSlice } from '../../src/core/time-slice.js';
import { csv } from '../../src/loaders/csv/csv.js';
import { csvBatches } from '../../src/loaders/csv/csv-batches.js';
import { type CsvOptions, csvOptions } from '../../src/loaders/csv/csv-options.js';
import { parseCsv } from '../../src/loaders/csv/parse-csv.js';
import { BooleanColumn } from '../../src/table/boolean-column.js';
import type { Column } from '../../src/table/column.js';
import { DateColumn } from '../../src/table/date-column.js';
import { readColumn } from '../../src/table/read-column.js';
import { describeGiven } from './describe-given.js';
import { PEER_DATA, peerData } from './peer-data.js';
import { realData } from './real-data.js';
import { hasPython, runPython } from './run-python.js';

interface Case {
  readonly file: string;
  readonly options?: CsvOptions;
  /** The same options in pandas' words. */
  readonly pandas?: Readonly<Record<string, unknown>>;
  /** Columns that pandas must be told to read as dates. */
  readonly dates?: readonly string[];
  /** Lines to leave out before pandas reads, which knows only comments of one character. */
  readonly commentLines?: string;
  /** What the error says, where the file is refused. */
  readonly refused?: RegExp;
}

const NO_HEADER = { options: { header: false }, pandas: { sep: '\t', header: null } };
const SPECTRUM = 'messy/csv-spectrum';
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
  {
    file: 'messy/multiline-comments.csv',
    options: { comment: '//', trim: true },
    pandas: { skipinitialspace: true },
    commentLines: '//',
  },
  {
    file: 'messy/missing-fields.csv',
    refused:
      /7 cells like the first .* line 10 has 4 \(column 5, "date", .*\), line 11 has 6 \(column 7, "num4", is missing\)$/,
  },
  {
    file: 'messy/iris-decimal-comma.csv',
    refused: /7 cells .* all 150 others, from line 2 on, have 5 \(column 6, "Petal length", is missing\)$/,
  },
  ...['comma_in_quotes', 'empty', 'empty_crlf', 'escaped_quotes', 'json', 'location_coordinates', 'newlines']
    .concat(['newlines_crlf', 'quotes_and_newlines', 'simple', 'simple_crlf', 'utf8'])
    // A column of integers with leading zeros is one of codes here, and must be declared one there.
    .map((name): Case => ({ file: `${SPECTRUM}/${name}.csv`, pandas: { dtype: { zip: 'str' } } })),
];

interface PandasColumn {
  readonly name: string;
  readonly kind: string;
  readonly cells: readonly unknown[];
}

test('no file is left out', ({ skip }) => {
  const folders = ['', 'messy', SPECTRUM].map((folder) => ({ folder, path: realData(folder) }));
  const files = folders.flatMap(({ folder, path }) =>
    path === undefined
      ? []
      : readdirSync(path).flatMap((name) => (/\.[ct]sv$/.test(name) ? [folder ? `${folder}/${name}` : name] : [])),
  );
  if (files.length === 0) skip('no public data sets: set TABWRIGHT_DATA');
  expect(CASES.map(({ file }) => file).sort()).toEqual(files.sort());
});

/** What pandas reads, by file: one process for them all. */
const theirs = new Map<string, readonly PandasColumn[]>();

beforeAll(() => {
  const accepted = CASES.filter(({ file, refused }) => refused === undefined && realData(file) !== undefined);
  if (!hasPython || accepted.length === 0) return;
  const input = accepted.map(({ file, pandas: options = {}, dates = [], commentLines }) => {
    return { path: realData(file), options, dates, commentLines };
  });
  const read = runPython('csv_pandas.py', input) as readonly (readonly PandasColumn[])[];
  accepted.forEach(({ file }, index) => {
    theirs.set(file, read[index] as readonly PandasColumn[]);
  });
}, 120_000);

for (const { file, options = {}, refused } of CASES) {
  describeGiven(file, { given: peerData(file), needs: PEER_DATA }, (path) => {
    const read = () => parseCsv(readFileSync(path), { ...options, name: file });

    if (refused !== undefined) {
      const error = expect.objectContaining({ code: 'CSV_MALFORMED', message: expect.stringMatching(refused) });
      test('is refused, by line and number of cells, however it is cut', async () => {
        expect(read).toThrow(error);
        for (const size of SIZES)
          await expect(all(chunkedBatches(path, options, {}, size)), `${size}`).rejects.toThrow(error);
      });
      return;
    }

    test('gives the columns, types and values of pandas', () => {
      const expected = theirs.get(file) ?? [];
      const table = read();
      if (options.header !== false) expect(table.columnNames()).toEqual(expected.map(({ name }) => name));
      expect(table.numCols()).toBe(expected.length);
      table.columnNames().forEach((name, position) => {
        const column = readColumn(table, name);
        expect([name, kindOf(column)]).toEqual([name, expected[position]?.kind]);
        expect(plain(column)).toEqual(expected[position]?.cells);
      });
    });

    test('gives the same cells in batches and chunks of any size', async () => {
      const table = read();
      const types = typesOf(table);
      const whole = JSON.stringify(cellsOf([table]));
      for (const size of SIZES) {
        const cut = await all(chunkedBatches(path, options, types, size));
        expect(JSON.stringify(cellsOf(cut)) === whole, `chunks of ${size} bytes`).toBe(true);
        if (size < 1024) continue;
        const batches = await all(csv(path, options).batches({ bytes: size, types }));
        expect(JSON.stringify(cellsOf(batches)) === whole, `batches of ${size} bytes`).toBe(true);
      }
    });
  });
}

const SIZES = [1, 7, 1024, 7 * 1024, 64 * 1024];
/** Single bytes take long; the first of them are enough to meet every place where a token can be cut. */
const MAX_SMALL_CHUNKS = 20_000;

/** Batches of 64 KiB of text that comes in chunks of a size. */
function chunkedBatches(path: string, options: CsvOptions, types: Record<string, FieldType>, size: number) {
  async function* chunks() {
    const bytes = readFileSync(path);
    let n = 0;
    for (let from = 0; from < bytes.length; ) {
      const to = n++ < MAX_SMALL_CHUNKS ? from + size : bytes.length;
      yield bytes.subarray(from, to);
      from = to;
    }
  }
  const request = { chunks: chunks(), name: path, types, rows: undefined, bytes: 65_536, slice: timeSlice() };
  return csvBatches({ ...request, options: resolveOptions(csvOptions, options) });
}

async function all(tables: AsyncIterable<ColumnTable>): Promise<ColumnTable[]> {
  const list: ColumnTable[] = [];
  for await (const table of tables) list.push(table);
  return list;
}

function typesOf(table: ColumnTable): Record<string, FieldType> {
  const types = { number: 'number', boolean: 'boolean', date: 'datetime', string: 'string' } as const;
  return Object.fromEntries(table.columnNames().map((name) => [name, types[kindOf(readColumn(table, name))]]));
}

/** Kinds and cells of columns, rows of all tables one after another. */
function cellsOf(tables: readonly ColumnTable[]): unknown[] {
  const names = tables[0]?.columnNames() ?? [];
  return names.map((name) => {
    const columns = tables.map((table) => readColumn(table, name));
    return [name, [...new Set(columns.map(kindOf))], columns.flatMap(plain)];
  });
}

function kindOf(column: Column): 'number' | 'boolean' | 'date' | 'string' {
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
