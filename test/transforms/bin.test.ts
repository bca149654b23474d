import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import type { BinOptions } from '../../src/transforms/bin.js';
import { bin } from '../../src/transforms/bin.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { booleans, cellsOf, numbers } from './mixed-rows.js';

const table = makeTable([
  ['amount', numbers([1, null, 2, 3, 600])],
  ['flag', booleans([true, null, true, false, false])],
  ['empty', numbers([null, null, null, null, null])],
]);

const binned = (cells: readonly (number | null)[], given: readonly number[], options?: BinOptions) => {
  const fitted = bin(options).fit(makeTable([['x', numbers(cells)]]));
  return cellsOf(fitted.transform(makeTable([['x', numbers(given)]])), 'x');
};

describe('bin', () => {
  test.each<BinOptions>([
    {},
    { strategy: 'uniform', output: 'categorical' },
    { edges: { amount: [-0, 2.5], flag: [] }, output: 'categorical' },
    { bins: 2, columns: ['flag'] },
  ])('keeps the promises of a step with %o', async (options) => {
    await checkTransformer(() => bin(options), { table, read: readTransformer });
  });

  test('cuts into equal counts or equal widths', () => {
    expect(binned([0, 1, 2, null, 3, 4], [-9, 1, 2, 3, 9], { bins: 2 })).toEqual([0, 0, 1, 1, 1]);
    expect(binned([0, 1, 2, 100], [0, 49, 50, 101], { bins: 2, strategy: 'uniform' })).toEqual([0, 0, 1, 1]);
  });

  test('cuts at given edges, each the first value of the bin above it, and names the bins', () => {
    const given = makeTable([['age', numbers([17, 18, 65, null])]]);
    const fitted = bin({ edges: { age: [18, 65] }, output: 'categorical' }).fit(given);
    expect(cellsOf(fitted.transform(given), 'age')).toEqual([0, 1, 2, null]);
    expect(fitted.outputs).toEqual([{ name: 'age', kind: 'categorical', levels: ['< 18', '18 to < 65', '>= 65'] }]);
  });

  test('makes fewer bins where quantiles repeat, and one of a column that does not vary', () => {
    expect(binned([0, 0, 0, 0, 5, 6], [0, 5, 6], { bins: 3 })).toEqual([0, 1, 1]);
    expect(binned([7, 7], [6, 7, 8])).toEqual([0, 0, 0]);
  });

  test('agrees with counting the edges at or below a value', () => {
    const edges = fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { maxLength: 12 });
    fc.assert(
      fc.property(edges, fc.integer({ min: -60, max: 60 }), (given, value) => {
        const sorted = given.sort((a, b) => a - b);
        expect(binned([1], [value], { edges: { x: sorted } })).toEqual([sorted.filter((edge) => edge <= value).length]);
      }),
    );
  });

  test('refuses edges that do not ascend or come with other options, and infinite values', () => {
    expect(() => bin({ edges: { x: [2, 1] } })).toThrow(/edges of column x must be finite and ascending/);
    expect(() => bin({ edges: { x: [1] }, bins: 3 })).toThrow('bin: bins cannot be given together with edges');
    expect(() => binned([1, Number.POSITIVE_INFINITY], [])).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
  });
});
