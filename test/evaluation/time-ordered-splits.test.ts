import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fold } from '../../src/evaluation/fold.js';
import { DateColumn } from '../../src/table/date-column.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { splits } from './folds.js';

const times = fc
  .array(fc.integer({ min: -20, max: 20 }), { minLength: 8, maxLength: 80 })
  .filter((list) => new Set(list).size >= 8)
  .map((list) => Float64Array.from(list));

function timesOf(rows: Uint32Array, all: Float64Array): number[] {
  return [...rows].map((row) => all[row] as number);
}

/** Everything to train on is before everything to test on. */
function expectNoFuture(folds: readonly Fold[], all: Float64Array): void {
  for (const { train, test } of folds) {
    expect(Math.max(...timesOf(train, all))).toBeLessThan(Math.min(...timesOf(test, all)));
  }
}

describe('time-ordered folds', () => {
  test('train on all that is before the test part and on nothing of its time or later', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 2, max: 7 }), (times, folds) => {
        const found = splits({ folds, time: 'at' }, { nRows: times.length, times });
        expect(found).toHaveLength(folds);
        expectNoFuture(found, times);
        for (const { train, test } of found) {
          const first = Math.min(...timesOf(test, times));
          expect(train).toHaveLength(times.filter((time) => time < first).length);
          expect(test.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  test('test on parts that follow each other up to the last row', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 2, max: 7 }), (times, folds) => {
        const found = splits({ folds, time: 'at' }, { nRows: times.length, times });
        found.forEach(({ train, test }, i) => {
          const seen = train.length + test.length;
          expect(seen).toBe(found[i + 1]?.train.length ?? times.length);
        });
      }),
    );
  });

  test('are equal parts where all times differ, after a first part with the rest', () => {
    const times = Float64Array.from({ length: 11 }, (_, row) => 100 - row);
    const found = splits({ folds: 3, time: 'at' }, { nRows: 11, times: new DateColumn(times) });
    expect(found.map(({ test }) => [...test])).toEqual([
      [4, 5],
      [2, 3],
      [0, 1],
    ]);
  });

  test('move a cut between rows of one time to the nearest change', () => {
    const times = Float64Array.of(1, 1, 1, 2, 2, 2, 2, 2, 3, 3);
    const found = splits({ folds: 2, time: 'at' }, { nRows: 10, times });
    expect(found.map(({ train, test }) => [train.length, test.length])).toEqual([
      [3, 5],
      [8, 2],
    ]);
  });

  test('do not depend on the seed or on the order of rows', () => {
    const times = Float64Array.from({ length: 30 }, (_, row) => (row * 7) % 30);
    const found = (seed: number): readonly Fold[] => splits({ time: 'at' }, { nRows: 30, times, seed });
    expect(found(1)).toEqual(found(2));
    expectNoFuture(found(1), times);
  });

  test('need a distinct time each and one before', () => {
    const times = Float64Array.of(1, 1, 2, 2, 3, 3, 3);
    const error = { code: 'SPLIT_INVALID', message: expect.stringContaining('at least 4 distinct times, got 3') };
    expect(() => splits({ folds: 3, time: 'at' }, { nRows: 7, times })).toThrow(expect.objectContaining(error));
  });

  test('refuse a missing time and a column of words', () => {
    const missing = { code: 'COLUMN_INVALID', message: expect.stringContaining('in row 1') };
    const times = new DateColumn(Float64Array.of(1, Number.NaN, 3));
    expect(() => splits({ folds: 2, time: 'at' }, { nRows: 3, times })).toThrow(expect.objectContaining(missing));
    const words = new DictionaryColumn(Int32Array.of(0, 1, 1), ['May', 'June']);
    const wrong = { code: 'COLUMN_INVALID', message: expect.stringContaining('dates or numbers') };
    expect(() => splits({ folds: 2, time: 'at' }, { nRows: 3, times: words })).toThrow(expect.objectContaining(wrong));
  });
});

describe('a time-ordered holdout', () => {
  test('is the latest rows, to the nearest change of time', () => {
    const times = Float64Array.of(5, 1, 4, 2, 3, 3, 3);
    const [fold] = splits({ holdout: 3, time: 'at' }, { nRows: 7, times });
    expect([...(fold?.test ?? [])]).toEqual([0, 2]);
  });
});
