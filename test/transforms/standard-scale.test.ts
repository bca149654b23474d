import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import type { StandardScaleOptions } from '../../src/transforms/standard-scale.js';
import { standardScale } from '../../src/transforms/standard-scale.js';
import { booleans, cellsOf, mixedTable, numbers, strings, trainingRows } from './mixed-rows.js';

const table = makeTable([
  ['amount', numbers([1, null, 2, 3, 6])],
  ['flag', booleans([true, null, true, false, false])],
  ['word', strings(['b', null, 'b', 'a', 'a'])],
]);

const scaled = (cells: readonly (number | null)[], options?: StandardScaleOptions) => {
  const one = makeTable([['x', numbers(cells)]]);
  return cellsOf(standardScale(options).fit(one).transform(one), 'x');
};

describe('standardScale', () => {
  test.each<StandardScaleOptions>([{}, { center: false }, { withStd: false } as StandardScaleOptions, { columns: [] }])(
    'keeps the promises of a step with %o',
    async (options) => {
      await checkTransformer(() => standardScale(options), { table, read: readTransformer });
    },
  );

  test('subtracts the mean and divides by the population standard deviation', () => {
    expect(scaled([1, null, 2, 3, 6])).toEqual([-2, null, -1, 0, 3].map((x) => x && x / Math.sqrt(14 / 4)));
    expect(scaled([1, 3], { scale: false })).toEqual([-1, 1]);
    expect(scaled([1, 3], { center: false })).toEqual([1, 3]);
  });

  test('makes zeros of a column that does not vary, also with one row', () => {
    expect(scaled(new Array(10).fill(0.1))).toEqual(new Array(10).fill(0));
    expect(scaled([7, null])).toEqual([0, null]);
    expect(scaled([-0, 0])).toEqual([-0, 0]);
  });

  test('takes variation that rounding explains for none', () => {
    const almost = [1e8, 1e8 + 1e-8, 1e8, 1e8];
    expect(scaled(almost, { center: false })).toEqual(almost);
  });

  test('leaves a column with no value missing', () => {
    expect(scaled([null, null])).toEqual([null, null]);
  });

  test('passes an infinite value on when it is applied', () => {
    const fitted = standardScale({ columns: ['amount'] }).fit(table);
    const given = makeTable([['amount', numbers([Number.POSITIVE_INFINITY])]]);
    expect(cellsOf(fitted.transform(given), 'amount')).toEqual([Number.POSITIVE_INFINITY]);
  });

  test('agrees with the textbook formula', () => {
    fc.assert(
      fc.property(trainingRows, (rows) => {
        const given = rows.map((row) => row.amount).filter((cell) => cell !== null);
        const mean = given.reduce((sum, x) => sum + x, 0) / given.length;
        const sd = Math.sqrt(given.reduce((sum, x) => sum + (x - mean) ** 2, 0) / given.length);
        // Below this the textbook's own rounding decides, see the rule for columns that do not vary.
        fc.pre(sd > 1e-6 * (1 + Math.abs(mean)));
        const found = cellsOf(standardScale().fit(mixedTable(rows)).transform(mixedTable(rows)), 'amount');
        rows.forEach(({ amount }, row) => {
          if (amount === null) expect(found[row]).toBeNull();
          else expect(found[row]).toBeCloseTo((amount - mean) / sd, 8);
        });
      }),
    );
  });

  test('keeps the precision of values far from zero', () => {
    const spread = [4, 7, 13, 16];
    const far = scaled(spread.map((x) => x + 1e9)) as number[];
    scaled(spread).forEach((x, row) => {
      expect(far[row]).toBeCloseTo(x as number, 12);
    });
  });

  test('refuses columns it cannot take and values it cannot learn from', () => {
    expect(() => standardScale({ columns: ['word'] }).fit(table)).toThrow(
      expect.objectContaining({ code: 'COLUMN_INVALID' }),
    );
    expect(() => scaled([1, Number.POSITIVE_INFINITY])).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
    expect(() => scaled([1e300, -1e300])).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
    expect(() => standardScale({ centre: true } as StandardScaleOptions)).toThrow(/did you mean center/);
  });
});
