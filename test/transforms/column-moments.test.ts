import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnMoments } from '../../src/transforms/column-moments.js';

/** Mean and variance of whole numbers in exact arithmetic, rounded once. */
function exactMoments(values: readonly number[]): { mean: number; variance: number } {
  const whole = values.map(BigInt);
  const n = BigInt(values.length);
  const sum = whole.reduce((total, value) => total + value, 0n);
  const squares = whole.reduce((total, value) => total + value * value, 0n);
  return { mean: Number(sum) / Number(n), variance: Number(n * squares - sum * sum) / Number(n * n) };
}

describe('columnMoments', () => {
  test('agrees with exact arithmetic, also far from zero', () => {
    const offset = fc.integer({ min: -1e15, max: 1e15 });
    const values = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 500 });
    fc.assert(
      fc.property(offset, values, (far, near) => {
        const given = near.map((value) => value + far);
        const exact = exactMoments(given);
        const { mean, variance } = columnMoments(Float64Array.from(given));
        expect(Math.abs(mean - exact.mean)).toBeLessThanOrEqual(5e-16 * Math.abs(exact.mean));
        // Sums past 2 ** 53 are rounded: a mean taken from them alone would be off by up to 32, a variance by its square.
        expect(Math.abs(variance - exact.variance)).toBeLessThanOrEqual(1e-9 * exact.variance);
      }),
    );
  });

  test('loses nothing over many rows', () => {
    const given = Array.from({ length: 20_000 }, (_, row) => 1e15 + 7 * (row % 1000));
    const { mean, variance } = columnMoments(Float64Array.from(given));
    expect({ mean, variance }).toEqual(exactMoments(given));
  });

  test('skips missing values', () => {
    expect(columnMoments(Float64Array.of(Number.NaN, 1, Number.NaN, 3))).toEqual({ count: 2, mean: 2, variance: 1 });
    expect(columnMoments(Float64Array.of(Number.NaN))).toEqual({ count: 0, mean: 0, variance: 0 });
  });

  test('has no mean of -0, which would not come back from JSON', () => {
    for (const values of [
      [-0, -0],
      [-Number.MIN_VALUE, 0, 0],
    ]) {
      expect(columnMoments(Float64Array.from(values)).mean).toBe(0);
    }
  });
});
