import { describe, expect, test } from 'vitest';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import type { RobustScaleOptions } from '../../src/transforms/robust-scale.js';
import { robustScale } from '../../src/transforms/robust-scale.js';
import { booleans, cellsOf, numbers } from './mixed-rows.js';

const table = makeTable([
  ['amount', numbers([1, null, 2, 3, 600])],
  ['flag', booleans([true, null, true, false, false])],
  ['empty', numbers([null, null, null, null, null])],
]);

const scaled = (cells: readonly (number | null)[], options?: RobustScaleOptions) => {
  const one = makeTable([['x', numbers(cells)]]);
  return cellsOf(robustScale(options).fit(one).transform(one), 'x');
};

describe('robustScale', () => {
  test.each<RobustScaleOptions>([{}, { center: false }, { unitVariance: true, lowQuantile: 0.1 }, { scale: false }])(
    'keeps the promises of a step with %o',
    async (options) => {
      await checkTransformer(() => robustScale(options), { table, read: readTransformer });
    },
  );

  test('subtracts the median and divides by the range between the quartiles', () => {
    expect(scaled([0, 1, 2, null, 3, 400])).toEqual([-1, -0.5, 0, null, 0.5, 199]);
    expect(scaled([0, 1, 2, 3, 400], { scale: false })).toEqual([-2, -1, 0, 1, 398]);
    expect(scaled([0, 1, 2, 3, 400], { center: false })).toEqual([0, 0.5, 1, 1.5, 200]);
  });

  test('gives a normal sample about variance 1 on request', () => {
    // The quartiles of the standard normal distribution are at +-0.6744897501960817 (tables).
    const [, upper] = scaled([-0.6744897501960817, 0.6744897501960817, 0, -3, 3], { unitVariance: true }) as number[];
    expect(upper).toBeCloseTo(0.6744897501960817, 14);
  });

  test('divides a column of mostly one value by 1', () => {
    expect(scaled([5, 5, 5, 5, 5, 9])).toEqual([0, 0, 0, 0, 0, 4]);
  });

  test('refuses quantiles in the wrong order and infinite values', () => {
    expect(() => robustScale({ lowQuantile: 0.8 })).toThrow(/highQuantile must be > lowQuantile/);
    expect(() => scaled([1, Number.NEGATIVE_INFINITY])).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
  });
});
