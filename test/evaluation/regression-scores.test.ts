import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { regressionScores } from '../../src/evaluation/regression-scores.js';
import { repeated } from './binary-rows.js';

const value = fc.integer({ min: -1000, max: 1000 }).map((whole) => whole / 8);
const rows = fc
  .array(fc.record({ actual: value, predicted: value, weight: fc.nat(3) }), { minLength: 2, maxLength: 40 })
  .filter((list) => new Set(list.filter((row) => row.weight > 0).map((row) => row.actual)).size > 1)
  .map((list) => ({
    target: Float64Array.from(list, (row) => row.actual),
    predictions: Float64Array.from(list, (row) => row.predicted),
    weights: Float64Array.from(list, (row) => row.weight),
  }));

describe('regressionScores', () => {
  test('has the root of the mean square, the mean of the errors, and the share of variance explained', () => {
    const { rmse, mae, r2 } = regressionScores(Float64Array.of(1, 2, 3, 6), Float64Array.of(1, 4, 3, 2));
    expect(rmse).toBe(Math.sqrt(20 / 4));
    expect(mae).toBe(6 / 4);
    expect(r2).toBe(1 - 20 / 14);
  });

  test('is perfect for the target itself', () => {
    fc.assert(
      fc.property(rows, ({ target, weights }) => {
        expect(regressionScores(target, target, weights)).toEqual({ rmse: 0, mae: 0, r2: 1 });
      }),
    );
  });

  test('explains nothing with the mean', () => {
    const target = Float64Array.of(1, 2, 6);
    expect(regressionScores(target, Float64Array.of(3, 3, 3)).r2).toBe(0);
  });

  test('counts a weight as that many rows', () => {
    fc.assert(
      fc.property(rows, ({ target, predictions, weights }) => {
        const weighted = regressionScores(target, predictions, weights);
        const all = regressionScores(repeated(target, weights), repeated(predictions, weights));
        for (const name of ['rmse', 'mae'] as const) expect(weighted[name]).toBeCloseTo(all[name], 10);
        expect(Math.abs(weighted.r2 - all.r2)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(all.r2)));
      }),
    );
  });

  test('leaves errors when target and predictions move together', () => {
    fc.assert(
      fc.property(rows, ({ target, predictions, weights }) => {
        const moved = regressionScores(
          target.map((v) => v + 64),
          predictions.map((v) => v + 64),
          weights,
        );
        const still = regressionScores(target, predictions, weights);
        expect([moved.rmse, moved.mae]).toEqual([still.rmse, still.mae]);
      }),
    );
  });

  test('has no R² where the target is constant, also when its mean rounds', () => {
    const constant = new Float64Array(7).fill(0.1);
    expect(regressionScores(constant, new Float64Array(7)).r2).toBeNaN();
    expect(regressionScores(Float64Array.of(0.1, 0.1, 5), new Float64Array(3), Float64Array.of(1, 2, 0)).r2).toBeNaN();
  });
});
