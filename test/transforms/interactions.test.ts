import { describe, expect, test } from 'vitest';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import type { InteractionsOptions } from '../../src/transforms/interactions.js';
import { interactions } from '../../src/transforms/interactions.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { booleans, cellsOf, numbers, strings } from './mixed-rows.js';

const table = makeTable([
  ['a', numbers([2, -1, null])],
  ['b', numbers([3, 0, 5])],
  ['flag', booleans([true, false, null])],
  ['word', strings(['x', 'y', null])],
]);

describe('interactions', () => {
  test.each<InteractionsOptions>([{}, { squares: true, keep: false }, { columns: ['b', 'a'] }])(
    'keeps the promises of a step with %o',
    async (options) => {
      await checkTransformer(() => interactions(options), { table, read: readTransformer });
    },
  );

  test('multiplies every two columns, and each by itself on request', () => {
    const products = interactions().fit(table).transform(table);
    expect(products.columnNames().slice(4)).toEqual(['a * b', 'a * flag', 'b * flag']);
    expect(cellsOf(products, 'a * b')).toEqual([6, -0, null]);
    expect(cellsOf(products, 'a * flag')).toEqual([2, -0, null]);
    const squared = interactions({ columns: ['a', 'b'], squares: true, keep: false })
      .fit(table)
      .transform(table);
    expect(squared.columnNames()).toEqual(['flag', 'word', 'a * a', 'a * b', 'b * b']);
    expect(cellsOf(squared, 'a * a')).toEqual([4, 1, null]);
  });

  test('refuses strings, and a name that is taken', () => {
    expect(() => interactions({ columns: ['word'] }).fit(table)).toThrow(/column word must hold numbers/);
    const taken = makeTable([
      ['a', numbers([1])],
      ['b', numbers([1])],
      ['a * b', strings(['x'])],
    ]);
    expect(() => interactions().fit(taken)).toThrow('interactions: the table has a column a * b already');
  });
});
