// scikit-learn and pandas as the oracles of the steps over categories, texts, products and dates, on real data.
import { readFileSync } from 'node:fs';
import type { ColumnTable } from 'arquero';
import { expect, test } from 'vitest';
import { parseCsv } from '../../src/loaders/csv/parse-csv.js';
import { DateColumn } from '../../src/table/date-column.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { readColumn } from '../../src/table/read-column.js';
import { columnNumbers } from '../../src/transforms/column-numbers.js';
import type { DatePart } from '../../src/transforms/date-part.js';
import { dateParts } from '../../src/transforms/date-parts.js';
import { fitTransform } from '../../src/transforms/fit-transform.js';
import { hashTokens } from '../../src/transforms/hash-tokens.js';
import { hashingEncode } from '../../src/transforms/hashing-encode.js';
import { impute } from '../../src/transforms/impute.js';
import { interactions } from '../../src/transforms/interactions.js';
import { targetEncode } from '../../src/transforms/target-encode.js';
import { rowFolds } from '../../src/transforms/target-means.js';
import { describeGiven } from './describe-given.js';
import type { Cells } from './peer-columns.js';
import { cells, columns, expectClose } from './peer-columns.js';
import { PEER_DATA, peerData } from './peer-data.js';
import { runPython } from './run-python.js';

interface Encoded {
  readonly outOfFold: readonly Cells[];
  readonly applied: readonly Cells[];
}
interface Answers {
  readonly binary: Encoded;
  readonly regression: Encoded;
  readonly multiclass: Encoded;
  readonly hashed: readonly (readonly Cells[])[];
  readonly words: readonly Cells[];
  readonly wordCounts: readonly Cells[];
  readonly products: readonly Cells[];
  readonly squares: readonly Cells[];
  readonly parts: Readonly<Record<DatePart, Cells>>;
}

/** Sums in another order: a few units of rounding each. */
const ROUNDING = 1e-12;
const FOLDS = 4;
const SEED = 3;

const rides = { given: peerData('taxis.csv'), needs: PEER_DATA };
describeGiven('on the taxi rides, the same as scikit-learn and pandas', rides, compare);

function compare(path: string): void {
  const table = parseCsv(readFileSync(path));
  const words = table.columnNames().filter((name) => readColumn(table, name) instanceof DictionaryColumn);
  const days = table.columnNames().filter((name) => readColumn(table, name) instanceof DateColumn);
  const day = days[0] as string;
  const numeric = ['passengers', 'distance', 'fare'];
  const filled = impute({ columns: numeric }).fit(table).transform(table);
  const fare = columnNumbers(readColumn(filled, 'fare'), 'test', 'fare');
  const binary = fare.map((value) => (value > 10 ? 1 : 0));
  const classes = fare.map((value) => (value > 20 ? 2 : value > 8 ? 1 : 0));
  const texts = readColumn(table, 'dropoff_zone');
  const answers = runPython('transforms_categories.py', {
    strings: words.map((name) => [...readColumn(table, name)]),
    folds: [...rowFolds(table.numRows(), FOLDS, SEED)],
    binary: [...binary],
    regression: [...fare],
    classes: [...classes],
    texts: [...texts],
    dates: Array.from((readColumn(table, day) as DateColumn).epochMs, (ms) => (Number.isNaN(ms) ? null : ms)),
    numbers: numeric.map((name) => cells(filled, name)),
  }) as Answers;

  test('there are strings, missing strings and dates to compare', () => {
    expect(words.length).toBeGreaterThan(4);
    expect([...texts]).toContain(null);
    expect(days.length).toBeGreaterThan(0);
  });

  test.each([
    ['binary', binary, undefined],
    ['regression', fare, 7.5],
    ['multiclass', classes, undefined],
  ] as const)('targetEncode of a %s target, out of fold and applied', (task, target, smoothing) => {
    const step = targetEncode({ columns: words, task, smoothing, folds: FOLDS, seed: SEED });
    const made = fitTransform(step, table, target);
    const outputs = made.fitted.outputs.map(({ name }) => name);
    expectClose(columns(made.table, outputs), answers[task].outOfFold, ROUNDING);
    expectClose(columns(made.fitted.transform(table), outputs), answers[task].applied, ROUNDING);
  });

  test('hashingEncode', () => {
    words.forEach((name, i) => {
      const fitted = hashingEncode({ columns: [name], buckets: 13 }).fit(table);
      expectClose(outputsOf(fitted, table), answers.hashed[i], 0);
    });
  });

  test('hashTokens', () => {
    const columns = ['dropoff_zone'];
    expectClose(outputsOf(hashTokens({ columns, buckets: 29 }).fit(table), table), answers.words, ROUNDING);
    const counts = hashTokens({ columns, buckets: 29, norm: 'none', signed: false, lowercase: false });
    expectClose(outputsOf(counts.fit(table), table), answers.wordCounts, 0);
  });

  test('interactions', () => {
    const products = interactions({ columns: numeric }).fit(filled);
    expectClose([...columns(filled, numeric), ...outputsOf(products, filled)], answers.products, 0);
    const squares = interactions({ columns: numeric, squares: true }).fit(filled);
    expectClose([...columns(filled, numeric), ...outputsOf(squares, filled)], answers.squares, 0);
  });

  test('dateParts', () => {
    const parts = Object.keys(answers.parts) as DatePart[];
    const encoded = dateParts({ columns: [day], parts })
      .fit(table)
      .transform(table);
    for (const part of parts) expectClose([cells(encoded, `${day} ${part}`)], [answers.parts[part]], 0);
  });
}

function outputsOf(
  fitted: { outputs: readonly { name: string }[]; transform(table: ColumnTable): ColumnTable },
  table: ColumnTable,
): readonly Cells[] {
  return columns(
    fitted.transform(table),
    fitted.outputs.map(({ name }) => name),
  );
}
