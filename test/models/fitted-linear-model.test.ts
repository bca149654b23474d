import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FittedLinearModel } from '../../src/models/fitted-linear-model.js';
import { matrixOf } from './training-data.js';

const numeric = (...names: readonly string[]) => names.map((name) => ({ name, kind: 'numeric' as const }));

function model(task: 'binary' | 'multiclass' | 'regression', coefficients: number[], intercepts: number[]) {
  const nFeatures = coefficients.length / intercepts.length;
  const features = numeric(...Array.from({ length: nFeatures }, (_, j) => `x${j}`));
  const nClasses = { binary: 2, multiclass: intercepts.length, regression: 1 }[task];
  return new FittedLinearModel(
    task === 'regression' ? 'linear' : 'logistic',
    { task, nClasses, features },
    {
      coefficients: Float64Array.from(coefficients),
      intercepts: Float64Array.from(intercepts),
      deviations: new Float64Array(nFeatures).fill(2),
    },
  );
}

describe('scores', () => {
  test('of a binary model are the logistic function of its log-odds', () => {
    const scores = model('binary', [2, -1], [0.5]).predict(matrixOf([1, 0], [3, 0]));
    expect(scores[0]).toBeCloseTo(1 / (1 + Math.exp(0.5)), 15);
    expect(scores[1]).toBeCloseTo(1 / (1 + Math.exp(-0.5)), 15);
  });

  test('of a multiclass model are the softmax of its scores', () => {
    const scores = model('multiclass', [1, 2, 3], [0, 0, 0]).predict(matrixOf([1]));
    const total = Math.exp(1) + Math.exp(2) + Math.exp(3);
    for (const k of [0, 1, 2]) expect(scores[k]).toBeCloseTo(Math.exp(k + 1) / total, 15);
  });

  test('have the same bits in a batch of any length as row by row', () => {
    const value = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    const five = fc.array(value, { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(five, { minLength: 1, maxLength: 30 }), fc.boolean(), (rows, several) => {
        const weights = Array.from({ length: several ? 15 : 5 }, (_, i) => Math.sin(i) / 7);
        const fitted = model(several ? 'multiclass' : 'binary', weights, several ? [0.1, 0.2, 0.3] : [0.1]);
        const columns = [0, 1, 2, 3, 4].map((j) => rows.map((row) => row[j] as number));
        const batch = fitted.predict(matrixOf(...columns));
        const out = new Float64Array(fitted.nOutputs);
        for (const [i, row] of rows.entries()) {
          fitted.predictRow(Float64Array.from(row), out);
          expect(out).toEqual(batch.slice(i * out.length, (i + 1) * out.length));
        }
      }),
    );
  });

  test.each([
    ['binary', 1],
    ['multiclass', 3],
  ] as const)('of a %s model stay probabilities at extreme values', (task, nOutputs) => {
    const coefficients = Array.from({ length: nOutputs }, (_, k) => k - 0.5);
    const scores = model(task, coefficients, new Array(nOutputs).fill(0)).predict(matrixOf([1e300, -1e300, 1e308]));
    for (const score of scores) expect(score >= 0 && score <= 1).toBe(true);
  });
});

describe('scoring refuses', () => {
  const fitted = model('binary', [2, -1], [0.5]);

  test.each([
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
  ])('%s, naming feature and row', (kind, value) => {
    const error = {
      code: 'VALUE_INVALID',
      message: expect.stringMatching(`^logistic: x1 must be finite, got ${kind} in row`),
    };
    expect(() => fitted.predict(matrixOf([1, 1], [1, value]))).toThrow(expect.objectContaining(error));
    expect(() => fitted.predictRow(Float64Array.of(1, value), new Float64Array(1))).toThrow(
      expect.objectContaining(error),
    );
  });

  test('features of other names, numbers or lengths', () => {
    const swapped = { ...matrixOf([1], [2]), features: numeric('x1', 'x0') };
    expect(() => fitted.predict(swapped)).toThrow('feature 0 must be x0, got x1');
    expect(() => fitted.predict(matrixOf([1]))).toThrow('it was fitted on 2 features, got 1');
    expect(() => fitted.predict({ ...matrixOf([1], [2]), nRows: 3 })).toThrow('x0 must have 3 rows, got 1');
  });

  test('an output array of another length', () => {
    expect(() => fitted.predict(matrixOf([1], [2]), new Float64Array(2))).toThrow('out must have 1 numbers, got 2');
  });
});

test('importance is the change of the score with a deviation, in the mean over classes', () => {
  expect(model('multiclass', [1, -2, -3, 4], [0, 0]).importance()).toEqual(Float64Array.of(4, 6));
});
