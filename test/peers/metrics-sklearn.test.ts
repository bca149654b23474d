// Metrics, curves and unshuffled folds beside scikit-learn's, on random rows with ties and weights, and on real columns.
import { beforeAll, describe, expect, test } from 'vitest';
import type { Random } from '../../src/core/random.js';
import { createRandom } from '../../src/core/random.js';
import { calibrationCurve } from '../../src/evaluation/calibration-curve.js';
import { confusionMatrix } from '../../src/evaluation/confusion-matrix.js';
import { evaluate } from '../../src/evaluation/evaluate.js';
import { makeSplits } from '../../src/evaluation/make-splits.js';
import { precisionRecallCurve } from '../../src/evaluation/precision-recall.js';
import { predictedClasses } from '../../src/evaluation/predicted-classes.js';
import { rankedCounts } from '../../src/evaluation/ranked-counts.js';
import { rocCurve } from '../../src/evaluation/roc.js';
import type { ScoredRows } from '../../src/evaluation/scored-rows.js';
import type { ValidationInput } from '../../src/evaluation/validation-options.js';
import { resolveValidation } from '../../src/evaluation/validation-options.js';
import { csv } from '../../src/loaders/csv/csv.js';
import { readColumn } from '../../src/table/read-column.js';
import { realData } from './real-data.js';
import { hasPython, runPython } from './run-python.js';

/** Both sides add up to 54,000 doubles in different orders, and their logarithms may differ in the last bit. */
const TOLERANCE = 1e-12;

interface SklearnScores {
  readonly metrics: Readonly<Record<string, number>>;
  readonly roc: Readonly<Record<string, readonly number[]>>;
  readonly precisionRecall: Readonly<Record<string, readonly number[]>>;
  readonly calibration: Readonly<Record<string, readonly number[]>>;
  readonly confusion: readonly number[];
}

function sklearnScores(cases: readonly ScoredRows[]): SklearnScores[] {
  const scored = cases.map((rows) => ({
    ...rows,
    target: [...rows.target],
    predictions: [...rows.predictions],
    weights: rows.weights && [...rows.weights],
  }));
  return (runPython('metrics_sklearn.py', { scored, folds: [] }) as { scored: SklearnScores[] }).scored;
}

function expectClose(ours: ArrayLike<number>, theirs: readonly number[], what: string): void {
  expect(ours.length, what).toBe(theirs.length);
  theirs.forEach((value, i) => {
    const distance = Math.abs((ours[i] as number) - value) / Math.max(1, Math.abs(value));
    expect(distance, `${what} [${i}]`).toBeLessThanOrEqual(TOLERANCE);
  });
}

function expectMetrics(rows: ScoredRows, { metrics }: SklearnScores): void {
  const ours = evaluate(rows);
  expect(Object.keys(metrics)).toEqual(Object.keys(ours));
  for (const [name, value] of Object.entries(metrics)) expectClose([ours[name] as number], [value], name);
}

function expectCurves({ target, predictions, weights }: ScoredRows, sklearn: SklearnScores): void {
  const counts = rankedCounts(target, predictions, weights);
  const curves = {
    roc: rocCurve(counts),
    precisionRecall: precisionRecallCurve(counts),
    calibration: calibrationCurve(target, predictions, 10), // scikit-learn's takes no weights
  };
  for (const name of ['roc', 'precisionRecall', 'calibration'] as const) {
    const ours: object = curves[name];
    for (const [axis, values] of Object.entries(sklearn[name])) {
      expectClose(Object.entries(ours).find(([key]) => key === axis)?.[1], values, `${name} ${axis}`);
    }
  }
  const { counts: cells } = confusionMatrix(target, predictedClasses(predictions, 1), 2, weights);
  expectClose(cells, sklearn.confusion, 'confusion');
}

/** Scores on a grid of `levels`, so that few levels mean many ties; every seventh weight is 0. */
function randomRows(task: ScoredRows['task'], nRows: number, levels: number, weighted: boolean): ScoredRows {
  const random = createRandom(nRows + levels);
  const nClasses = { binary: 2, multiclass: 4, regression: 1 }[task];
  const target = new Float64Array(nRows).map((_, row) => (task === 'regression' ? random.normal() : row % nClasses));
  const predictions =
    task === 'multiclass'
      ? Float64Array.from(Array.from(target).flatMap((c) => probabilities(c, nClasses, levels, random)))
      : target.map((value) =>
          task === 'regression' ? value + random.normal() : (value + 2 * grid(levels, random)) / 3,
        );
  const weights = new Float64Array(nRows).map((_, row) => (row % 7 === 6 ? 0 : random.next() * 3));
  return { task, nClasses, target, predictions, ...(weighted ? { weights } : {}) };
}

function probabilities(position: number, nClasses: number, levels: number, random: Random): number[] {
  const raw = Array.from({ length: nClasses }, (_, c) => grid(levels, random) + (c === position ? 0.4 : 0.1));
  const sum = raw.reduce((a, b) => a + b, 0);
  return raw.map((value) => value / sum);
}

function grid(levels: number, random: Random): number {
  return random.integer(levels + 1) / levels;
}

const needsPython = 'needs scikit-learn: npm run test:peers';

describe.skipIf(!hasPython)(`metrics on random rows (${needsPython})`, () => {
  const sizes = [
    { nRows: 12, levels: 4 },
    { nRows: 400, levels: 9 },
    { nRows: 20_000, levels: 1000 },
    { nRows: 20_000, levels: 2 ** 31 },
  ];
  const cases = (['binary', 'multiclass', 'regression'] as const).flatMap((task) =>
    sizes.flatMap((size) => [true, false].map((weighted) => ({ task, ...size, weighted }))),
  );
  const rows = cases.map((of) => randomRows(of.task, of.nRows, of.levels, of.weighted));
  const sklearn: SklearnScores[] = [];
  beforeAll(() => {
    sklearn.push(...sklearnScores(rows)); // one process for all: starting scikit-learn takes seconds
  });

  test.each(cases.map((of, index) => ({ ...of, index })))(
    'are scikit-learn’s: $task, $nRows rows of $levels levels, weighted $weighted',
    ({ task, index }) => {
      expectMetrics(rows[index] as ScoredRows, sklearn[index] as SklearnScores);
      if (task === 'binary') expectCurves(rows[index] as ScoredRows, sklearn[index] as SklearnScores);
    },
  );
});

describe.skipIf(!hasPython)(`metrics on real columns (${needsPython})`, () => {
  const adult = realData('adult.csv');
  test.skipIf(adult === undefined)(
    'are scikit-learn’s on adult, scored by years of education, which tie, with its weights',
    async () => {
      const { data } = await csv(adult as string).load();
      const target = Float64Array.from(data.array('income') as string[], (income) => Number(income === '>50K'));
      const years = readColumn(data, 'education_num') as Float64Array;
      const predictions = years.map((value) => 1 / (1 + Math.exp(4.5 - 0.35 * value)));
      const rows: ScoredRows = {
        task: 'binary',
        nClasses: 2,
        target,
        predictions,
        weights: readColumn(data, 'fnlwgt') as Float64Array,
      };
      const [sklearn] = sklearnScores([rows]) as [SklearnScores];
      expectMetrics(rows, sklearn);
      expectCurves(rows, sklearn);
    },
  );

  const diamonds = realData('diamonds.csv');
  test.skipIf(diamonds === undefined)('are scikit-learn’s on diamonds, priced by weight', async () => {
    const { data } = await csv(diamonds as string).load();
    const predictions = (readColumn(data, 'carat') as Float64Array).map((carat) => 7756 * carat - 2256);
    const rows: ScoredRows = {
      task: 'regression',
      nClasses: 1,
      target: readColumn(data, 'price') as Float64Array,
      predictions,
    };
    expectMetrics(rows, ...(sklearnScores([rows]) as [SklearnScores]));
  });
});

describe.skipIf(!hasPython)(`unshuffled folds (${needsPython})`, () => {
  const kinds: readonly { kind: string; validation: ValidationInput }[] = [
    { kind: 'runs', validation: { shuffle: false, stratified: false } },
    { kind: 'stratified', validation: { shuffle: false } },
    { kind: 'time', validation: { time: 'row' } },
  ];

  test('are scikit-learn’s: runs of rows, stratified, and in order of time', () => {
    const random = createRandom(11);
    const cases = kinds.flatMap(({ kind, validation }) =>
      [2, 3, 5, 7].map((folds) => ({
        kind,
        validation: { ...validation, folds },
        target: Float64Array.from({ length: 200 + random.integer(50) }, () => Math.min(random.integer(6), 3)),
      })),
    );
    const ours = cases.map(({ validation, target }) => {
      const times = target.map((_, row) => row);
      const data = { nRows: target.length, task: 'multiclass' as const, target, seed: 0, times };
      const folds = makeSplits(resolveValidation(validation), data);
      return folds.map((fold) => ({ train: [...fold.train], test: [...fold.test] }));
    });
    const given = cases.map(({ kind, validation, target }) => ({ kind, folds: validation.folds, target: [...target] }));
    expect(ours).toEqual((runPython('metrics_sklearn.py', { scored: [], folds: given }) as { folds: unknown }).folds);
  });
});
