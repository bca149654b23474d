import { describe, expect, test } from 'vitest';
import { constant } from '../../src/models/constant.js';
import { readConstant } from '../../src/models/fitted-constant.js';
import { checkModel } from '../../src/testing/check-model.js';
import { binaryData, matrixOf } from './training-data.js';

test('keeps the promises of a model', () => checkModel(constant, { reader: readConstant }));

describe('the constant model predicts', () => {
  test('the share of the positive class, by weight', async () => {
    const data = { ...binaryData([0, 1, 1, 0], [1, 2, 3, 4]), weights: Float64Array.of(1, 3, 3, 1) };
    expect((await constant().fit(data)).predict(data.features)).toEqual(new Float64Array(4).fill(0.75));
  });

  test('the share of every class', async () => {
    const features = matrixOf([1, 2, 3, 4]);
    const target = Float64Array.of(2, 0, 2, 1);
    const model = await constant().fit({ features, target, task: 'multiclass', nClasses: 4 });
    expect(model.predict(matrixOf([9]))).toEqual(Float64Array.of(0.25, 0.25, 0.5, 0));
  });

  test('the mean of a target', async () => {
    const features = matrixOf([1, 2]);
    const model = await constant().fit({ features, target: Float64Array.of(3, 6), task: 'regression', nClasses: 1 });
    expect(model.predict(matrixOf([Number.NaN]))).toEqual(Float64Array.of(4.5));
  });
});
