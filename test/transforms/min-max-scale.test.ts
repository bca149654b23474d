import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import type { MinMaxScaleOptions } from '../../src/transforms/min-max-scale.js';
import { minMaxScale } from '../../src/transforms/min-max-scale.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { booleans, cellsOf, mixedTable, numbers, trainingRows } from './mixed-rows.js';

const table = makeTable([
  ['amount', numbers([1, null, 2, 3, 6])],
  ['flag', booleans([true, null, true, false, false])],
  ['empty', numbers([null, null, null, null, null])],
]);

const scaled = (cells: readonly (number | null)[], given: readonly number[], options?: MinMaxScaleOptions) => {
  const fitted = minMaxScale(options).fit(makeTable([['x', numbers(cells)]]));
  return cellsOf(fitted.transform(makeTable([['x', numbers(given)]])), 'x');
};

describe('minMaxScale', () => {
  test.each<MinMaxScaleOptions>([{}, { low: -0, high: 10, clip: true }, { low: -1, columns: ['flag'] }])(
    'keeps the promises of a step with %o',
    async (options) => {
      await checkTransformer(() => minMaxScale(options), { table, read: readTransformer });
    },
  );

  test('puts the training range on the range asked for, and other values past it unless clipped', () => {
    expect(scaled([2, null, 6], [2, 4, 6, 8])).toEqual([0, 0.5, 1, 1.5]);
    expect(scaled([2, null, 6], [2, 4, 6, 8], { low: -1, high: 3 })).toEqual([-1, 1, 3, 5]);
    expect(scaled([2, null, 6], [0, 4, 8], { clip: true })).toEqual([0, 0.5, 1]);
  });

  test('makes the low end of a column that does not vary', () => {
    expect(scaled([5, 5], [5, 6], { low: 2, high: 3 })).toEqual([2, 3]);
  });

  test('keeps every training value in the range, in order, to within rounding', () => {
    fc.assert(
      fc.property(trainingRows, (rows) => {
        const whole = mixedTable(rows);
        const found = cellsOf(
          minMaxScale({ columns: ['amount'] })
            .fit(whole)
            .transform(whole),
          'amount',
        );
        rows.forEach(({ amount }, row) => {
          if (amount === null) expect(found[row]).toBeNull();
          else expect(found[row]).toBeGreaterThanOrEqual(0);
          if (amount !== null) expect(found[row]).toBeLessThanOrEqual(1 + 1e-15);
        });
      }),
    );
  });

  test('refuses an empty range and values it cannot learn from', () => {
    expect(() => minMaxScale({ low: 1 })).toThrow(/high must be > low \(1\), got 1/);
    expect(() => scaled([1, Number.POSITIVE_INFINITY], [])).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
    expect(() => scaled([-1.7e308, 1.7e308], [])).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
  });
});
