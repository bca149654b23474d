import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BooleanColumn } from '../../src/table/boolean-column.js';
import { DateColumn } from '../../src/table/date-column.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { expectPartitions, splits, testedRows } from './folds.js';

const seed = fc.integer();
/** Group of each row, with at least 5 groups. */
const groupOfRow = fc
  .array(fc.nat(12), { minLength: 5, maxLength: 80 })
  .filter((groups) => new Set(groups).size >= 5)
  .map((groups) => Float64Array.from(groups));

function sizes(groups: Float64Array): number[] {
  return [...new Set(groups)].map((group) => groups.filter((other) => other === group).length);
}

describe('grouped folds', () => {
  test('never have a group on both sides, and test every row once', () => {
    fc.assert(
      fc.property(groupOfRow, fc.integer({ min: 2, max: 5 }), seed, fc.boolean(), (groups, folds, seed, shuffle) => {
        const found = splits({ folds, group: 'customer', shuffle }, { nRows: groups.length, groups, seed });
        expectPartitions(found, groups.length);
        expect(testedRows(found)).toEqual([...groups.keys()]);
        for (const { train, test } of found) {
          const trained = new Set([...train].map((row) => groups[row]));
          expect([...test].filter((row) => trained.has(groups[row]))).toEqual([]);
        }
      }),
    );
  });

  test('differ by no more rows than the largest group has', () => {
    fc.assert(
      fc.property(groupOfRow, fc.integer({ min: 2, max: 5 }), seed, (groups, folds, seed) => {
        const found = splits({ folds, group: 'customer' }, { nRows: groups.length, groups, seed });
        const tested = found.map(({ test }) => test.length);
        expect(Math.max(...tested) - Math.min(...tested)).toBeLessThanOrEqual(Math.max(...sizes(groups)));
      }),
    );
  });

  test('are of one size where the groups are', () => {
    const groups = Float64Array.from({ length: 60 }, (_, row) => row % 20);
    const found = splits({ folds: 4, group: 'customer' }, { nRows: 60, groups });
    expect(found.map(({ test }) => test.length)).toEqual([15, 15, 15, 15]);
  });

  test('place large groups first', () => {
    const groups = Float64Array.of(1, 2, 3, 4, 5, 5, 5, 5);
    const found = splits({ folds: 2, group: 'customer' }, { nRows: 8, groups });
    expect(found.map(({ test }) => test.length)).toEqual([4, 4]);
  });

  test('take groups from columns of every kind', () => {
    const codes = [0, 1, 2, 0, 1, 2];
    const columns = [
      Float64Array.from(codes),
      new DictionaryColumn(Int32Array.from(codes), ['a', 'b', 'c']),
      new DateColumn(Float64Array.from(codes)),
    ];
    const found = columns.map((groups) => splits({ folds: 3, group: 'customer' }, { nRows: 6, groups }));
    expect(found[1]).toEqual(found[0]);
    expect(found[2]).toEqual(found[0]);
    const groups = new BooleanColumn(Int8Array.of(0, 1, 1));
    expect(testedRows(splits({ folds: 2, group: 'isNew' }, { nRows: 3, groups }))).toEqual([0, 1, 2]);
  });

  test('depend on the seed, and on it alone', () => {
    const groups = Float64Array.from({ length: 60 }, (_, row) => row % 20);
    const of = (seed: number): number[][] =>
      splits({ group: 'customer' }, { nRows: 60, groups, seed }).map(({ test }) => [...test]);
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });

  test('need a group each', () => {
    const groups = Float64Array.of(1, 1, 2, 2, 3, 3);
    const error = { code: 'SPLIT_INVALID', message: expect.stringContaining('got 4 folds and 3 groups') };
    expect(() => splits({ folds: 4, group: 'customer' }, { nRows: 6, groups })).toThrow(expect.objectContaining(error));
  });

  test.each([
    ['a number', Float64Array.of(1, 2, Number.NaN)],
    ['a string', new DictionaryColumn(Int32Array.of(0, 0, -1), ['a'])],
    ['a boolean', new BooleanColumn(Int8Array.of(1, 0, -1))],
  ])('refuse %s that is missing', (_, groups) => {
    const error = { code: 'COLUMN_INVALID', message: expect.stringContaining('in row 2') };
    expect(() => splits({ folds: 2, group: 'customer' }, { nRows: 3, groups })).toThrow(expect.objectContaining(error));
  });
});

describe('a holdout of groups', () => {
  test('keeps groups whole, with one or more on each side and about the size asked for', () => {
    fc.assert(
      fc.property(groupOfRow, fc.double({ min: 0.05, max: 0.95, noNaN: true }), seed, (groups, holdout, seed) => {
        const found = splits({ holdout, group: 'customer' }, { nRows: groups.length, groups, seed });
        expectPartitions(found, groups.length);
        const tested = testedRows(found);
        const testedGroups = new Set(tested.map((row) => groups[row]));
        expect(groups.filter((group) => testedGroups.has(group))).toHaveLength(tested.length);
        expect(tested.length > 0 && tested.length < groups.length).toBe(true);
        expect(Math.abs(tested.length - holdout * groups.length)).toBeLessThanOrEqual(Math.max(...sizes(groups)) + 0.5);
      }),
    );
  });

  test('is the smallest group where all are larger than asked for', () => {
    const groups = Float64Array.from({ length: 90 }, (_, row) => Math.floor(Math.sqrt(row + 10)));
    expect(testedRows(splits({ holdout: 1, group: 'customer' }, { nRows: 90, groups }))).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('needs two groups', () => {
    const groups = new Float64Array(4);
    const error = { code: 'SPLIT_INVALID', message: expect.stringContaining('at least 2 groups, got 1') };
    expect(() => splits({ holdout: 0.5, group: 'customer' }, { nRows: 4, groups })).toThrow(
      expect.objectContaining(error),
    );
  });
});
