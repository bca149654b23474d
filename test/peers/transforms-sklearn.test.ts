// scikit-learn as the oracle of the preprocessing steps, on real data: fitted on the first half of the rows, applied to all.
import { readFileSync } from 'node:fs';
import type { ColumnTable } from 'arquero';
import { expect, test } from 'vitest';
import { parseCsv } from '../../src/loaders/csv/parse-csv.js';
import { BooleanColumn } from '../../src/table/boolean-column.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { readColumn } from '../../src/table/read-column.js';
import { takeRows } from '../../src/table/take-rows.js';
import { impute } from '../../src/transforms/impute.js';
import type { OneHotOptions } from '../../src/transforms/one-hot.js';
import { oneHot } from '../../src/transforms/one-hot.js';
import { ordinal } from '../../src/transforms/ordinal.js';
import { standardScale } from '../../src/transforms/standard-scale.js';
import { describeGiven } from './describe-given.js';
import type { Cells } from './peer-columns.js';
import { cells, columns, expectClose } from './peer-columns.js';
import { PEER_DATA, peerData } from './peer-data.js';
import { runPython } from './run-python.js';

interface Encoded {
  readonly imputed: Readonly<Record<string, { readonly fills: Cells; readonly columns: readonly Cells[] }>>;
  readonly stringFills: readonly string[];
  readonly scaled: { readonly mean: Cells; readonly scale: Cells; readonly columns: readonly Cells[] };
  readonly oneHot: Readonly<Record<string, readonly (readonly Cells[] | null)[]>>;
  readonly ordinal: { readonly levels: readonly string[][]; readonly columns: readonly Cells[] };
}

const MIN_FREQUENCY = 30;

/**
 * Means and variances: numpy sums pairwise, this library with a correcting second pass. Both are within a few units of
 * rounding of the true value, which n = 24,000 summands of one sign cannot turn into more than 1e-12 of it.
 */
const TOLERANCE = 1e-12;

for (const name of ['adult', 'titanic', 'penguins']) {
  const suite = { given: peerData(`${name}.csv`), needs: PEER_DATA };
  describeGiven(`on ${name}, the same as scikit-learn`, suite, (path) => {
    const table = parseCsv(readFileSync(path));
    const half = takeRows(
      table,
      Uint32Array.from({ length: table.numRows() >> 1 }, (_, row) => row),
    );
    const numeric = table.columnNames().filter((column) => isNumeric(table, column));
    const words = table.columnNames().filter((column) => readColumn(table, column) instanceof DictionaryColumn);
    const sklearn = runPython('transforms_sklearn.py', {
      numbers: numeric.map((column) => cells(table, column)),
      strings: words.map((column) => [...readColumn(table, column)]),
      half: half.numRows(),
      minFrequency: MIN_FREQUENCY,
    }) as Encoded;

    test.each([
      ['median', 'median', 0],
      ['mostFrequent', 'most_frequent', 0],
      ['mean', 'mean', TOLERANCE],
    ] as const)('impute by %s', (strategy, theirs, tolerance) => {
      const filled = impute({ columns: numeric, strategy }).fit(half).transform(table);
      expectClose(columns(filled, numeric), sklearn.imputed[theirs]?.columns, tolerance);
    });

    test('impute strings by mostFrequent', () => {
      const fitted = impute({ columns: words, strategy: 'mostFrequent' }).fit(half).toJSON();
      expect(fitted.columns).toEqual(words.map((column, i) => ({ name: column, fill: sklearn.stringFills[i] })));
    });

    test('standardScale', () => {
      const fitted = standardScale({ columns: numeric }).fit(half);
      const learned = fitted.toJSON().columns as unknown as { mean: number; scale: number }[];
      expectClose([learned.map((each) => each.mean)], [sklearn.scaled.mean], TOLERANCE);
      expectClose([learned.map((each) => each.scale)], [sklearn.scaled.scale], TOLERANCE);
      expectClose(columns(fitted.transform(table), numeric), sklearn.scaled.columns, TOLERANCE);
    });

    test.each<[string, OneHotOptions]>([
      ['plain', {}],
      ['first', { drop: 'first' }],
      ['ifBinary', { drop: 'ifBinary' }],
      ['rare', { unknown: 'other', minFrequency: MIN_FREQUENCY }],
    ])('oneHot, %s', (variant, options) => {
      words.forEach((word, i) => {
        const theirs = sklearn.oneHot[variant]?.[i];
        if (theirs === null) return;
        const fitted = oneHot({ ...options, columns: [word] }).fit(half);
        const encoded = fitted.transform(table);
        expect(
          fitted.outputs.map((output) => hotRows(encoded, output.name)),
          word,
        ).toEqual(theirs);
      });
    });

    test('ordinal', () => {
      const fitted = ordinal({ columns: words }).fit(half);
      expect(fitted.outputs.map(({ levels }) => levels)).toEqual(sklearn.ordinal.levels);
      expect(columns(fitted.transform(table), words)).toEqual(sklearn.ordinal.columns);
    });
  });
}

function isNumeric(table: ColumnTable, name: string): boolean {
  const column = readColumn(table, name);
  return column instanceof Float64Array || column instanceof BooleanColumn;
}

function hotRows(table: ColumnTable, name: string): number[] {
  return cells(table, name).flatMap((value, row) => (value === 1 ? [row] : []));
}
