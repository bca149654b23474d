import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classRows, expectPartitions, splits, spread, testedRows } from './folds.js';

const seed = fc.integer();
const folds = fc.integer({ min: 2, max: 7 });

describe('k folds', () => {
  test('test every row once, in parts of one size', () => {
    fc.assert(
      fc.property(folds, fc.integer({ min: 7, max: 80 }), seed, fc.boolean(), (k, nRows, seed, shuffle) => {
        const found = splits({ folds: k, shuffle }, { nRows, seed });
        expect(found).toHaveLength(k);
        expectPartitions(found, nRows);
        expect(testedRows(found)).toEqual([...Array(nRows).keys()]);
        expect(spread(found.map((fold) => fold.test.length))).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('are runs of rows without shuffling', () => {
    const found = splits({ folds: 3, shuffle: false }, { nRows: 7 });
    expect(found.map((fold) => [...fold.test])).toEqual([
      [0, 1, 2],
      [3, 4],
      [5, 6],
    ]);
  });

  test('are none where no validation is asked for', () => {
    expect(splits({ folds: 0 }, { nRows: 3 })).toEqual([]);
  });

  test('need a row each', () => {
    const error = { code: 'SPLIT_INVALID', message: expect.stringContaining('got 5 folds and 4 rows') };
    expect(() => splits({}, { nRows: 4 })).toThrow(expect.objectContaining(error));
  });
});

describe('stratified folds', () => {
  const counts = fc.array(fc.integer({ min: 7, max: 30 }), { minLength: 2, maxLength: 5 });

  test('spread every class, and all rows, within one row', () => {
    fc.assert(
      fc.property(folds, counts, seed, fc.boolean(), (k, counts, seed, shuffle) => {
        const rows = classRows(counts);
        const found = splits({ folds: k, shuffle }, { ...rows, seed });
        expectPartitions(found, rows.nRows);
        expect(testedRows(found)).toEqual([...Array(rows.nRows).keys()]);
        expect(spread(found.map((fold) => fold.test.length))).toBeLessThanOrEqual(1);
        counts.forEach((_, position) => {
          const ofClass = found.map(({ test }) => test.filter((row) => rows.target[row] === position).length);
          expect(spread(ofClass)).toBeLessThanOrEqual(1);
        });
      }),
    );
  });

  test('are what a classification gets, and a regression does not', () => {
    // Sorted by class, runs of rows would test one class at a time.
    const rows = classRows([10, 10]);
    const perFold = (stratified?: boolean): number[] =>
      splits({ folds: 2, shuffle: false, stratified }, rows).map(({ test }) => test.filter((row) => row < 10).length);
    expect(perFold()).toEqual([5, 5]);
    expect(() => perFold(false)).toThrow(expect.objectContaining({ code: 'SPLIT_INVALID' }));
    const error = {
      code: 'OPTION_INVALID',
      message: 'validation: stratified must be false for a regression, got true',
    };
    expect(() => splits({ stratified: true }, { nRows: 10 })).toThrow(expect.objectContaining(error));
  });

  test('need a row of every class each', () => {
    const error = { code: 'SPLIT_INVALID', message: expect.stringContaining('got 5 folds and 3 rows of class 1') };
    expect(() => splits({}, classRows([20, 3]))).toThrow(expect.objectContaining(error));
  });
});

describe('a holdout', () => {
  test('is the last rows without shuffling', () => {
    const [fold, ...others] = splits({ holdout: 3, shuffle: false }, { nRows: 8 });
    expect(others).toEqual([]);
    expect([...(fold?.train ?? [])]).toEqual([0, 1, 2, 3, 4]);
    expect([...(fold?.test ?? [])]).toEqual([5, 6, 7]);
  });

  test('is its share of the rows, rounded, with a row on each side', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.integer({ min: 2, max: 90 }),
        seed,
        (share, nRows, seed) => {
          const found = splits({ holdout: share }, { nRows, seed });
          expectPartitions(found, nRows);
          const size = testedRows(found).length;
          expect(size >= 1 && size < nRows).toBe(true);
          if (size > 1 && size < nRows - 1) expect(Math.abs(size - share * nRows)).toBeLessThanOrEqual(0.5);
        },
      ),
    );
  });

  test('of a classification has of every class its share, rounded up or down, and never its last row', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 6 }),
        fc.double({ min: 0.1, max: 0.8, noNaN: true }),
        seed,
        (counts, share, seed) => {
          const rows = classRows([...counts, 10]);
          const nTest = Math.round(share * rows.nRows);
          const found = splits({ holdout: nTest }, { ...rows, seed });
          expectPartitions(found, rows.nRows);
          counts.forEach((count, position) => {
            const size = testedRows(found).filter((row) => rows.target[row] === position).length;
            expect(Math.abs(size - (count * nTest) / rows.nRows)).toBeLessThan(1);
            expect(size).toBeLessThan(count);
          });
        },
      ),
    );
  });

  test('gives the rows that rounding down leaves to the classes that lose most by it', () => {
    const rows = classRows([51, 31, 18]); // 16.83, 10.23 and 5.94 of 33
    const tested = testedRows(splits({ holdout: 33 }, rows));
    const sizes = [0, 1, 2].map((position) => tested.filter((row) => rows.target[row] === position).length);
    expect(sizes).toEqual([17, 10, 6]);
  });

  test('leaves rows to train on', () => {
    const error = { code: 'SPLIT_INVALID', message: 'validation: holdout must be fewer than all rows, got 8 of 8' };
    expect(() => splits({ holdout: 8 }, { nRows: 8 })).toThrow(expect.objectContaining(error));
  });
});

describe('makeSplits', () => {
  test.each([{}, { stratified: false }, { holdout: 0.3 }, { holdout: 0.3, stratified: false }])(
    'depends on the seed, and on it alone: %j',
    (validation) => {
      const rows = classRows([30, 30]);
      const of = (seed: number): number[][] => splits(validation, { ...rows, seed }).map(({ test }) => [...test]);
      expect(of(3)).toEqual(of(3));
      expect(of(3)).not.toEqual(of(4));
    },
  );

  test('refuses a training part of one class', () => {
    const error = {
      code: 'SPLIT_INVALID',
      message: expect.stringContaining('must have rows of two classes or more, got one class in part 1 of 1'),
    };
    expect(() => splits({ holdout: 10, shuffle: false }, classRows([10, 10]))).toThrow(expect.objectContaining(error));
  });

  test('refuses a column that is named but not given', () => {
    const error = { code: 'OPTION_INVALID', message: expect.stringContaining('group names a column') };
    expect(() => splits({ group: 'customer' }, { nRows: 10 })).toThrow(expect.objectContaining(error));
  });
});
