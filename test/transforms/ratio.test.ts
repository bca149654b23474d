import { describe, expect, test } from 'vitest';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import type { RatioOptions } from '../../src/transforms/ratio.js';
import { ratio } from '../../src/transforms/ratio.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { booleans, cellsOf, numbers, strings } from './mixed-rows.js';

const table = makeTable([
  ['orders', numbers([1, 2, null, 3, 0])],
  ['visits', numbers([2, 0, 0, null, 0])],
  ['member', booleans([true, false, null, true, true])],
  ['word', strings(['a', 'b', 'c', 'd', 'e'])],
]);

const of = (options: Omit<RatioOptions, 'pairs'>) =>
  ratio({ pairs: [['orders', 'visits']], ...options })
    .fit(table)
    .transform(table);

describe('ratio', () => {
  test.each<RatioOptions>([
    { pairs: [['orders', 'visits']] },
    {
      pairs: [
        ['orders', 'member'],
        ['visits', 'orders'],
      ],
      whenZero: -0,
      keep: false,
    },
  ])('keeps the promises of a step with %o', async (options) => {
    await checkTransformer(() => ratio(options), { table, read: readTransformer });
  });

  test('divides one column by another, and says what becomes of a division by 0', () => {
    expect(of({}).columnNames()).toEqual(['orders', 'visits', 'member', 'word', 'orders / visits']);
    expect(cellsOf(of({}), 'orders / visits')).toEqual([0.5, null, null, null, null]);
    expect(cellsOf(of({ whenZero: 9 }), 'orders / visits')).toEqual([0.5, 9, null, null, 9]);
    expect(of({ keep: false }).columnNames()).toEqual(['member', 'word', 'orders / visits']);
  });

  test('refuses no pair, what is no pair, one pair twice and strings', () => {
    for (const pairs of [[], [['a']], ['ab'], undefined]) {
      expect(() => ratio({ pairs } as unknown as RatioOptions)).toThrow(/pairs must be a list of \[numerator, denom/);
    }
    const twice: RatioOptions = {
      pairs: [
        ['orders', 'visits'],
        ['orders', 'visits'],
      ],
    };
    expect(() => ratio(twice).fit(table)).toThrow(/two columns would be named orders \/ visits/);
    expect(() => ratio({ pairs: [['orders', 'word']] }).fit(table)).toThrow(/column word must hold numbers/);
  });
});
