// Logistic and linear regression beside scikit-learn's, on the same encoded rows of public data.
import { expect, test } from 'vitest';
import type { Model } from '../../src/core/model.js';
import { evaluate } from '../../src/evaluation/evaluate.js';
import { FittedLinearModel } from '../../src/models/fitted-linear-model.js';
import { linear } from '../../src/models/linear.js';
import { logistic } from '../../src/models/logistic.js';
import { describeGiven } from './describe-given.js';
import type { EncodedData } from './encoded-data.js';
import { encodedData } from './encoded-data.js';
import { PEER_DATA, peerData } from './peer-data.js';
import { runPython } from './run-python.js';

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

describeGiven('adult, trained on the first 32,561 rows', { given: peerData('adult.csv'), needs: PEER_DATA }, (path) => {
  const data = encodedData(path, { column: 'income', task: 'binary', positive: '>50K' }, 32_561);
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

for (const file of ['penguins.csv', 'iris.csv']) {
  describeGiven(`${file}, all rows`, { given: peerData(file), needs: PEER_DATA }, (path) => {
    const data = encodedData(path, { column: 'species', task: 'multiclass' }, Number.POSITIVE_INFINITY);
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
}

describeGiven(
  'diamonds, trained on the first 40,000 rows',
  { given: peerData('diamonds.csv'), needs: PEER_DATA },
  (path) => {
    const data = encodedData(path, { column: 'price', task: 'regression' }, 40_000);
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
  },
);
