import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outOfFoldMeans, rowFolds, targetMeans } from '../../src/transforms/target-means.js';

const N_CODES = 4;
const rowsOf = fc.array(
  fc.record({ code: fc.integer({ min: -1, max: N_CODES - 1 }), y: fc.integer({ max: 9, min: -9 }) }),
  {
    minLength: 2,
    maxLength: 30,
  },
);
const asColumns = (rows: readonly { code: number; y: number }[]) => ({
  codes: Int32Array.from(rows, ({ code }) => code),
  nCodes: N_CODES,
  target: Float64Array.from(rows, ({ y }) => y),
});
const all = (length: number) => Uint32Array.from({ length }, (_, row) => row);
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('targetMeans', () => {
  test('adds rows of the overall mean to each category', () => {
    fc.assert(
      fc.property(rowsOf, fc.integer({ min: 0, max: 20 }), (rows, smoothing) => {
        const { values, mean } = targetMeans(asColumns(rows), all(rows.length), smoothing);
        expect(mean).toBeCloseTo(meanOf(rows.map(({ y }) => y)), 12);
        values.forEach((value, code) => {
          const own = rows.filter((row) => row.code === code).map(({ y }) => y);
          if (own.length === 0) expect(value).toBeNaN();
          else expect(value).toBeCloseTo(meanOf([...own, ...new Array(smoothing).fill(mean)]), 12);
        });
      }),
    );
  });

  test('without smoothing given, weighs a category by how little its rows vary', () => {
    // Category 0: mean 4, variance 1 of two rows; all rows: mean 3, variance 5. Weight 5 * 2 / (5 * 2 + 1).
    const { values } = targetMeans(
      { codes: Int32Array.of(0, 0, 1, 1), nCodes: 2, target: Float64Array.of(3, 5, 4, 0) },
      all(4),
      undefined,
    );
    const variance = (0 + 4 + 1 + 9) / 4;
    const weight = (variance * 2) / (variance * 2 + 1);
    expect(values[0]).toBeCloseTo(weight * 4 + (1 - weight) * 3, 14);
  });

  test('gives every category the mean where the target does not vary', () => {
    const { values } = targetMeans(
      { codes: Int32Array.of(0, 1), nCodes: 2, target: Float64Array.of(7, 7) },
      all(2),
      undefined,
    );
    expect([...values]).toEqual([7, 7]);
  });
});

describe('outOfFoldMeans', () => {
  test('gives a row the same value whatever its own target is', () => {
    fc.assert(
      fc.property(rowsOf, fc.nat(), fc.option(fc.nat(5), { nil: undefined }), (rows, at, smoothing) => {
        const row = at % rows.length;
        const folds = rowFolds(rows.length, Math.min(3, rows.length), 1);
        const before = outOfFoldMeans(asColumns(rows), folds, smoothing, 'mean');
        const changed = rows.map((each, i) => (i === row ? { ...each, y: 1000 } : each));
        expect(outOfFoldMeans(asColumns(changed), folds, smoothing, 'mean')[row]).toBe(before[row]);
      }),
    );
  });

  test('has the mean of the other folds for a category that they do not have, or nothing', () => {
    const rows = { codes: Int32Array.of(0, 1, -1), nCodes: 2, target: Float64Array.of(1, 2, 6) };
    expect([...outOfFoldMeans(rows, Int32Array.of(0, 1, 1), 0, 'mean')]).toEqual([4, 1, Number.NaN]);
    expect([...outOfFoldMeans(rows, Int32Array.of(0, 1, 1), 0, 'missing')]).toEqual(new Array(3).fill(Number.NaN));
  });
});

test('rowFolds deals rows out evenly, by the seed alone', () => {
  const folds = rowFolds(11, 3, 5);
  const sizes = [0, 1, 2].map((fold) => folds.filter((each) => each === fold).length);
  expect(sizes).toEqual([4, 4, 3]);
  expect(rowFolds(11, 3, 5)).toEqual(folds);
  expect(rowFolds(11, 3, 6)).not.toEqual(folds);
});
