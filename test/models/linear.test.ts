import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TrainingData } from '../../src/core/model.js';
import { FittedLinearModel, linearModelReader } from '../../src/models/fitted-linear-model.js';
import type { LinearOptions } from '../../src/models/linear.js';
import { linear } from '../../src/models/linear.js';
import { checkModel } from '../../src/testing/check-model.js';
import { modelData } from '../../src/testing/model-data.js';
import { distance, matrixOf } from './training-data.js';

async function fitted(data: TrainingData, options: LinearOptions = {}): Promise<FittedLinearModel> {
  const model = await linear(options).fit(data);
  if (!(model instanceof FittedLinearModel)) throw new Error('not a linear model');
  return model;
}

function regression(target: readonly number[], ...columns: readonly (readonly number[])[]): TrainingData {
  return { features: matrixOf(...columns), target: Float64Array.from(target), task: 'regression', nClasses: 1 };
}

const value = fc.double({ min: -10, max: 10, noNaN: true });
/** Rows of two to four columns, of which some repeat others, with any target. */
const rows = fc
  .record({ nRows: fc.integer({ min: 1, max: 30 }), nColumns: fc.integer({ min: 1, max: 3 }), repeat: fc.boolean() })
  .chain(({ nRows, nColumns, repeat }) => {
    const column = fc.array(value, { minLength: nRows, maxLength: nRows });
    return fc.tuple(column, fc.array(column, { minLength: nColumns, maxLength: nColumns })).map(([target, columns]) => {
      const [first] = columns as [number[]];
      return regression(target, ...columns, ...(repeat ? [first.map((each) => 3 * each)] : []));
    });
  });

test('keeps the promises of a model', () => checkModel(linear, { reader: linearModelReader('linear') }));

test('finds a line through points exactly', async () => {
  const model = await fitted(regression([5, 7, 9, 11], [1, 2, 3, 4]), { l2: 0 });
  expect(model.coefficients[0]).toBeCloseTo(2, 12);
  expect(model.intercepts[0]).toBeCloseTo(3, 12);
});

test('has the coefficient of the textbook with a penalty: covariance over variance plus l2', async () => {
  const x = [1, 2, 3, 6];
  const y = [2, 1, 4, 9];
  const [meanX, meanY] = [3, 4];
  const products = x.reduce((sum, each, i) => sum + (each - meanX) * ((y[i] as number) - meanY), 0);
  const squares = x.reduce((sum, each) => sum + (each - meanX) ** 2, 0);
  const model = await fitted(regression(y, x), { l2: 2.5 });
  expect(model.coefficients[0]).toBeCloseTo(products / (squares + 2.5), 12);
});

test.each([0, 1e-3, 1, 100])('leaves no slope at the minimum with l2 %d, dependent columns or not', (l2) =>
  fc.assert(
    fc.asyncProperty(rows, async (data) => {
      const { columns } = data.features;
      const model = await fitted(data, { l2 });
      const residuals = model.predict(data.features).map((score, row) => score - (data.target[row] as number));
      for (const [j, column] of columns.entries()) {
        const slope = residuals.reduce((sum, each, row) => sum + each * (column[row] as number), 0);
        expect(Math.abs(slope + l2 * (model.coefficients[j] as number))).toBeLessThan(1e-5);
      }
      expect(Math.abs(residuals.reduce((sum, each) => sum + each, 0))).toBeLessThan(1e-6);
    }),
    { numRuns: 80 },
  ),
);

describe('least squares', () => {
  test('shares a coefficient between equal columns', async () => {
    const x = [1, 2, 4, 7];
    const model = await fitted(regression([2, 4, 8, 14], x, x), { l2: 0 });
    expect(model.coefficients[0]).toBeCloseTo(1, 6);
    expect(model.coefficients[1]).toBeCloseTo(1, 6);
  });

  test('is exact for columns far from zero', async () => {
    const year = [2001, 2002, 2003, 2004, 2005];
    const target = year.map((each) => 0.5 * each - 900);
    const model = await fitted(regression(target, year), { l2: 0 });
    expect(model.coefficients[0]).toBeCloseTo(0.5, 10);
    expect(distance(model.predict(matrixOf(year)), target)).toBeLessThan(1e-9);
  });

  test('goes on past the number of columns that are factored', async () => {
    const nColumns = 450;
    const columns = Array.from({ length: nColumns }, (_, j) =>
      Array.from({ length: 600 }, (_, row) => (row === j ? 1 : 0)),
    );
    const target = Array.from({ length: 600 }, (_, row) => (row < nColumns ? row : -1));
    const model = await fitted(regression(target, ...columns), { l2: 0 });
    expect(model.summary).toMatchObject({ converged: true });
    expect(distance(model.predict(matrixOf(...columns)), target)).toBeLessThan(1e-4);
  });

  test('with one row predicts its target', async () => {
    const model = await fitted(regression([42], [3], [4]), { l2: 0 });
    expect(model.predict(matrixOf([3], [4]))).toEqual(Float64Array.of(42));
  });
});

test('scales with the target', async () => {
  const data = modelData('regression', { nRows: 100, seed: 4 });
  const thousandfold = await fitted({ ...data, target: data.target.map((each) => each * 1000) });
  const once = await fitted(data);
  const scaled = once.predict(data.features).map((each) => each * 1000);
  expect(distance(thousandfold.predict(data.features), scaled)).toBeLessThan(1e-8);
});

test('a target that is constant is predicted with no coefficients', async () => {
  const model = await fitted(regression([7, 7, 7], [1, 5, 2]));
  expect(distance(model.predict(matrixOf([100, 0, 3])), [7, 7, 7])).toBeLessThan(1e-12);
});

test('a target whose squares overflow is refused', async () => {
  await expect(fitted(regression([1e200, -1e200], [1, 2]))).rejects.toMatchObject({ code: 'FIT_FAILED' });
});

test('takes alpha for l2', () => expect(linear({ alpha: 3 } as LinearOptions).params.l2).toBe(3));
