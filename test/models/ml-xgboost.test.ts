import { describe, expect, test } from 'vitest';
import type { TrainingData } from '../../src/core/model.js';
import { readMlXgboost } from '../../src/models/fitted-ml-xgboost.js';
import type { MlXgboostOptions } from '../../src/models/ml-xgboost.js';
import { MAX_PACKAGE_NUMBERS, mlXgboost, mlXgboostOptions } from '../../src/models/ml-xgboost.js';
import { checkModel } from '../../src/testing/check-model.js';
import { modelData } from '../../src/testing/model-data.js';
import { binaryData, matrixOf } from './training-data.js';

const quick = (options: MlXgboostOptions = {}) => mlXgboost({ numIterations: 5, ...options });
const data = modelData('binary', { nRows: 200, seed: 1 });

test('keeps the promises of a model', async () => {
  await checkModel(quick, {
    reader: readMlXgboost,
    skip: { 'weights count like repeated rows': 'the package knows no row weights' },
  });
}, 60_000);

test('every option changes the model', async () => {
  const scores = async (options: MlXgboostOptions) => (await quick(options).fit(data)).predict(data.features);
  const plain = await scores({});
  const others: Required<MlXgboostOptions> = {
    numIterations: 6,
    learningRate: 0.1,
    maxDepth: 2,
    minSumHessianInLeaf: 5,
    minGainToSplit: 2,
    lambdaL2: 5,
    lambdaL1: 2,
    baggingFraction: 0.5,
    featureFraction: 0.4,
  };
  expect(Object.keys(others)).toEqual(Object.keys(mlXgboostOptions.specs));
  for (const [name, value] of Object.entries(others)) {
    expect(await scores({ [name]: value }), name).not.toEqual(plain);
  }
}, 60_000);

test('a value of -1 is a value, though the package takes it for missing', async () => {
  const steps = Array.from({ length: 300 }, (_, row) => (row % 3) - 2);
  const target = steps.map((value) => (value === -1 ? 1 : 0));
  const model = await quick({ numIterations: 20 }).fit(binaryData(target, steps));
  const [below, at, above] = model.predict(matrixOf([-2, -1, 0])) as unknown as [number, number, number];
  expect(at).toBeGreaterThan(0.9);
  expect(Math.max(below, above)).toBeLessThan(0.1);
});

test('prints nothing and leaves the handlers of the process alone', async () => {
  const handlers = () => process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection');
  const before = handlers();
  await quick().fit(data);
  expect(handlers()).toBe(before);
});

describe('fitting refuses', () => {
  test('data past what the package can hold, before anything is started', async () => {
    const nRows = MAX_PACKAGE_NUMBERS / 2 + 1;
    const large: TrainingData = {
      ...binaryData([0, 1]),
      features: matrixOf(new Float64Array(nRows)),
      target: Float64Array.from({ length: nRows }, (_, row) => row % 2),
    };
    await expect(quick().fit(large)).rejects.toMatchObject({
      code: 'DATA_TOO_LARGE',
      message: expect.stringContaining(`${2 * nRows} numbers; the package takes 1250000 at most`),
    });
  });

  test('row weights, which the package does not know', async () => {
    const weights = new Float64Array(200).fill(1);
    await expect(quick({ numIterations: 1 }).fit({ ...data, weights })).resolves.toBeDefined();
    weights[3] = 2;
    await expect(quick().fit({ ...data, weights })).rejects.toMatchObject({ code: 'VALUE_INVALID' });
  });

  test('numbers past float32', async () => {
    const huge = binaryData([0, 1], [1e39, 1]);
    await expect(quick().fit(huge)).rejects.toThrow('x0 must be finite, got a number past float32 in row 0');
  });
});

test('an abort ends the worker', async () => {
  const controller = new AbortController();
  const fit = quick({ numIterations: 100_000 }).fit(data, { signal: controller.signal });
  setTimeout(() => controller.abort(), 50);
  await expect(fit).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('holds as many numbers as it says', async () => {
  const nRows = Math.floor(MAX_PACKAGE_NUMBERS / 11);
  const columns = Array.from({ length: 10 }, (_, j) =>
    Float64Array.from({ length: nRows }, (_, row) => (row * (j + 3)) % 97),
  );
  const large: TrainingData = {
    features: matrixOf(...columns),
    target: Float64Array.from({ length: nRows }, (_, row) => (row * 3) % 97),
    task: 'regression',
    nClasses: 1,
  };
  const model = await mlXgboost({ numIterations: 10, maxDepth: 8, learningRate: 0.7 }).fit(large);
  const wrong = model.predict(large.features).findIndex((score, row) => Math.abs(score - (large.target[row] ?? 0)) > 1);
  expect(wrong).toBe(-1);
}, 60_000);
