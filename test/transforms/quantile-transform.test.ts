import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import { normalQuantile } from '../../src/transforms/normal-quantile.js';
import type { QuantileTransformOptions } from '../../src/transforms/quantile-transform.js';
import { quantileTransform } from '../../src/transforms/quantile-transform.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { booleans, cellsOf, numbers } from './mixed-rows.js';

const table = makeTable([
  ['amount', numbers([1, null, 2, 3, 600])],
  ['flag', booleans([true, null, true, false, false])],
  ['empty', numbers([null, null, null, null, null])],
]);

const ranks = (cells: readonly number[], given: readonly number[], options?: QuantileTransformOptions) => {
  const fitted = quantileTransform(options).fit(makeTable([['x', numbers(cells)]]));
  return cellsOf(fitted.transform(makeTable([['x', numbers(given)]])), 'x');
};

describe('quantileTransform', () => {
  test.each<QuantileTransformOptions>([{}, { output: 'normal' }, { nQuantiles: 2, columns: ['amount'] }])(
    'keeps the promises of a step with %o',
    async (options) => {
      await checkTransformer(() => quantileTransform(options), { table, read: readTransformer });
    },
  );

  test('gives values their rank, between training values by a straight line, past them 0 and 1', () => {
    expect(ranks([0, 1, 10, 100, 1000], [-5, 0, 1, 5.5, 10, 1000, 1e9])).toEqual([0, 0, 0.25, 0.375, 0.5, 1, 1]);
  });

  test('gives a repeated value the middle of its ranks', () => {
    expect(ranks([0, 1, 1, 1, 2], [1])).toEqual([0.5]);
    expect(ranks([0, 1, 1, 2, 3], [1])).toEqual([0.375]);
  });

  test('gives normal scores of the ranks, held at those of 1e-7 from the ends', () => {
    expect(ranks([0, 1, 2, 3, 4], [1, 2], { output: 'normal' })).toEqual([normalQuantile(0.25), 0]);
    const [low, high] = ranks([0, 1], [-9, 9], { output: 'normal' }) as number[];
    expect(low).toBeCloseTo(-5.199337582605575, 9);
    expect(high).toBeCloseTo(5.19933758270342, 9);
  });

  test('never falls where values rise, and stays in [0, 1]', () => {
    const cells = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(cells, cells, fc.integer({ min: 2, max: 30 }), (training, given, nQuantiles) => {
        const sorted = [...given].sort((a, b) => a - b);
        const found = ranks(training, sorted, { nQuantiles }) as number[];
        found.forEach((share, i) => {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
          expect(share - (found[i - 1] ?? 0)).toBeGreaterThanOrEqual(-1e-12);
        });
      }),
    );
  });

  test('refuses values it cannot learn from', () => {
    expect(() => ranks([1, Number.POSITIVE_INFINITY], [])).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
    expect(() => ranks([-1.7e308, 1.7e308], [])).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
  });
});
