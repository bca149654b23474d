// Logistic and linear regression beside scikit-learn's, on the same encoded rows of public data.
import { describe, expect, test } from 'vitest';
import type { Target } from '../../src/core/feature-spec.js';
import type { Model } from '../../src/core/model.js';
import { evaluate } from '../../src/evaluation/evaluate.js';
import { FittedLinearModel } from '../../src/models/fitted-linear-model.js';
import { linear } from '../../src/models/linear.js';
import { logistic } from '../../src/models/logistic.js';
import type { EncodedData } from './encoded-data.js';
import { encodedData } from './encoded-data.js';
import { realData } from './real-data.js';
import { hasPython, runPython } from './run-python.js';

interface Fit {
  readonly auc: number | null;
  readonly logLoss: number;
  readonly coefficients: number[];
  readonly intercepts: number[];
  readonly predictions: number[] | number[][];
}

interface Job {
  readonly model: 'logistic' | 'linear';
  readonly params?: object;
  readonly weights?: readonly number[];
}

/** scikit-learn at its exact minimum: by default it stops once the slope is below 1e-4, short of it for rare categories. */
const EXACT = { solver: 'newton-cholesky', tol: 1e-12, max_iter: 10_000 };
const PRECISE = { tolerance: 1e-14 };

function sklearn(data: EncodedData, jobs: readonly Job[]): Fit[] {
  const { nRows, columns } = data.train.features;
  return runPython('logistic_sklearn.py', {
    path: data.path,
    columns: columns.length,
    trainRows: nRows,
    jobs,
  }) as Fit[];
}

async function fit(model: Model, data: EncodedData, weights?: Float64Array): Promise<FittedLinearModel> {
  const fitted = await model.fit({ ...data.train, ...(weights && { weights }) });
  if (!(fitted instanceof FittedLinearModel)) throw new Error('not a linear model');
  return fitted;
}

function scores(model: FittedLinearModel, { test: held }: EncodedData) {
  const { auc = Number.NaN, logLoss = Number.NaN } = evaluate({ ...held, predictions: model.predict(held.features) });
  return { auc, logLoss };
}

function furthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] as number))), 0);
}

function load(file: string, target: Target, trainRows: number): EncodedData | undefined {
  const path = realData(file);
  if (path !== undefined && hasPython) return encodedData(path, target, trainRows);
  test.skip('needs scikit-learn (npm run test:peers) and the public data sets (TABWRIGHT_DATA)', () => {});
  return undefined;
}

describe('adult, trained on the first 32,561 rows', () => {
  const data = load('adult.csv', { column: 'income', task: 'binary', positive: '>50K' }, 32_561);
  if (data === undefined) return;
  const rowWeights = Float64Array.from(data.train.target, (_, row) => (row % 5) / 2);
  const [exact, standard, balanced, classes, weighted, weak] = sklearn(data, [
    { model: 'logistic', params: EXACT },
    { model: 'logistic' },
    { model: 'logistic', params: { ...EXACT, class_weight: 'balanced' } },
    { model: 'logistic', params: { ...EXACT, class_weight: { 0: 1, 1: 3 } } },
    { model: 'logistic', params: EXACT, weights: [...rowWeights] },
    { model: 'logistic', params: { ...EXACT, C: 0.01 } },
  ]) as [Fit, Fit, Fit, Fit, Fit, Fit];

  test('AUC and log loss are those of the exact minimum', async () => {
    const ours = scores(await fit(logistic(), data), data);
    expect(Math.abs(ours.auc - (exact.auc as number))).toBeLessThan(5e-6);
    expect(Math.abs(ours.logLoss - exact.logLoss)).toBeLessThan(5e-6);
  });

  test('AUC and log loss agree to four digits with scikit-learn as it stops by default', async () => {
    const ours = scores(await fit(logistic(), data), data);
    expect(standard.auc).toBeCloseTo(0.905478, 6);
    expect(standard.logLoss).toBeCloseTo(0.317534, 6);
    // It stops 5e-5 from its own minimum in both.
    expect(Math.abs(ours.auc - (standard.auc as number))).toBeLessThan(1e-4);
    expect(Math.abs(ours.logLoss - standard.logLoss)).toBeLessThan(1e-4);
  });

  // Coefficients reach 3; the tolerances bound the loss, which is flattest along categories of a few rows.
  test.each<[string, object, Fit, Float64Array | undefined]>([
    ['by L-BFGS', { solver: 'lbfgs' }, exact, undefined],
    ['by Newton steps', { solver: 'newton' }, exact, undefined],
    ['with balanced classes', { balanced: true }, balanced, undefined],
    ['with class weights', { classWeights: { 1: 3 } }, classes, undefined],
    ['with row weights', {}, weighted, rowWeights],
    ['with a strong penalty', { l2: 100 }, weak, undefined],
  ])('coefficients agree %s', async (_, options, peer, weights) => {
    const ours = await fit(logistic({ ...PRECISE, ...options }), data, weights);
    expect(furthest(ours.coefficients, peer.coefficients)).toBeLessThan(1e-4);
    expect(furthest(ours.intercepts, peer.intercepts)).toBeLessThan(1e-4);
  });
});

describe.each([
  ['penguins.csv', 'species'],
  ['iris.csv', 'species'],
])('%s, all rows', (file, column) => {
  const data = load(file, { column, task: 'multiclass' }, Number.POSITIVE_INFINITY);
  if (data === undefined) return;
  const [exact, balanced] = sklearn(data, [
    { model: 'logistic', params: EXACT },
    { model: 'logistic', params: { ...EXACT, class_weight: 'balanced' } },
  ]) as [Fit, Fit];

  test.each([
    [false, exact],
    [true, balanced],
  ])('multinomial coefficients and probabilities agree, balanced %s', async (isBalanced, peer) => {
    const ours = await fit(logistic({ ...PRECISE, balanced: isBalanced }), data);
    expect(furthest(ours.coefficients, peer.coefficients)).toBeLessThan(1e-4);
    expect(furthest(ours.intercepts, peer.intercepts)).toBeLessThan(1e-4);
    expect(furthest(ours.predict(data.test.features), peer.predictions.flat())).toBeLessThan(1e-6);
  });
});

describe('diamonds, trained on the first 40,000 rows', () => {
  const data = load('diamonds.csv', { column: 'price', task: 'regression' }, 40_000);
  if (data === undefined) return;
  const rowWeights = Float64Array.from(data.train.target, (_, row) => (row % 5) / 2);
  const [ridge, strong, weighted, squares] = sklearn(data, [
    { model: 'linear', params: { alpha: 1 } },
    { model: 'linear', params: { alpha: 1000 } },
    { model: 'linear', params: { alpha: 1 }, weights: [...rowWeights] },
    { model: 'linear' },
  ]) as [Fit, Fit, Fit, Fit];

  // Coefficients reach 5,000.
  test.each<[string, number, Fit, Float64Array | undefined]>([
    ['Ridge', 1, ridge, undefined],
    ['Ridge with a strong penalty', 1000, strong, undefined],
    ['Ridge with row weights', 1, weighted, rowWeights],
  ])('coefficients and predictions agree with %s', async (_, l2, peer, weights) => {
    const ours = await fit(linear({ l2 }), data, weights);
    expect(furthest(ours.coefficients, peer.coefficients)).toBeLessThan(1e-5);
    expect(furthest(ours.predict(data.test.features), peer.predictions.flat())).toBeLessThan(1e-5);
  });

  test('predictions agree with LinearRegression, though the one-hot columns add up to one', async () => {
    const ours = await fit(linear({ l2: 0 }), data);
    expect(furthest(ours.predict(data.test.features), squares.predictions.flat())).toBeLessThan(1e-4);
  });
});
