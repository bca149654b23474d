import fc from 'fast-check';
import { expect, test } from 'vitest';
import { median, quantile, sortedNumbers } from '../../src/transforms/quantile.js';

const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 30 });

test('sorts numbers as numbers and leaves missing ones out', () => {
  expect([...sortedNumbers(Float64Array.of(10, Number.NaN, 9, -1))]).toEqual([-1, 9, 10]);
});

test('a quantile at the rank of a value is that value', () => {
  fc.assert(
    fc.property(values, (given) => {
      const sorted = sortedNumbers(Float64Array.from(given));
      const last = Math.max(1, sorted.length - 1);
      sorted.forEach((value, i) => {
        expect(quantile(sorted, i / last)).toBeCloseTo(value, 9);
      });
    }),
  );
});

test('quantiles between two values lie on the line between them', () => {
  expect(quantile(Float64Array.of(0, 10, 100), 0.125)).toBe(2.5);
  expect(quantile(Float64Array.of(0, 10, 100), 0.75)).toBe(55);
});

test('the median is the quantile of one half, and neither is ever -0', () => {
  fc.assert(
    fc.property(values, (given) => {
      const sorted = sortedNumbers(Float64Array.from(given, (value) => value * -0 + value));
      expect(median(sorted)).toBe(quantile(sorted, 0.5));
    }),
  );
  expect(median(Float64Array.of(-0))).toBe(0);
  expect(quantile(Float64Array.of(-0), 0.3)).toBe(0);
});
