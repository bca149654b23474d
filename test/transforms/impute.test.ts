import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import type { ImputeOptions } from '../../src/transforms/impute.js';
import { impute } from '../../src/transforms/impute.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { booleans, cellsOf, mixedTable, numbers, strings, trainingRows } from './mixed-rows.js';

const table = makeTable([
  ['amount', numbers([3, null, 1, 1, 100])],
  ['flag', booleans([true, null, true, false, false])],
  ['word', strings(['b', null, 'b', 'a', 'a'])],
  ['empty', numbers([null, null, null, null, null])],
]);

const fillsOf = (options: ImputeOptions) => impute(options).fit(table).toJSON().columns;

describe('impute', () => {
  test.each<ImputeOptions>([
    {},
    { strategy: 'mean' },
    { strategy: 'mostFrequent' },
    { strategy: 'mostFrequent', columns: 'categorical' },
    { strategy: 'constant', fillNumber: -0, fillString: 'none' },
    { keepEmpty: true },
  ])('keeps the promises of a step with %o', async (options) => {
    await checkTransformer(() => impute(options), { table, read: readTransformer });
  });

  test('fills by median and takes a column with no value out', () => {
    const filled = impute().fit(table).transform(table);
    expect(filled.columnNames()).toEqual(['amount', 'flag', 'word']);
    expect(cellsOf(filled, 'amount')).toEqual([3, 2, 1, 1, 100]);
    expect(cellsOf(filled, 'flag')).toEqual([1, 0.5, 1, 0, 0]);
    expect(filled.column('word')).toBe(table.column('word'));
  });

  test('learns one fill a column from each strategy', () => {
    expect(fillsOf({ strategy: 'mean' })).toEqual([
      { name: 'amount', fill: 26.25 },
      { name: 'flag', fill: 0.5 },
      { name: 'empty', fill: null },
    ]);
    expect(fillsOf({ strategy: 'mostFrequent' })).toEqual([
      { name: 'amount', fill: 1 },
      { name: 'flag', fill: 0 },
      { name: 'word', fill: 'a' },
      { name: 'empty', fill: null },
    ]);
    expect(fillsOf({ strategy: 'constant', columns: ['word', 'empty'], fillNumber: 7 })).toEqual([
      { name: 'word', fill: 'missing' },
      { name: 'empty', fill: 7 },
    ]);
    expect(fillsOf({ keepEmpty: true, columns: ['empty'] })).toEqual([{ name: 'empty', fill: 0 }]);
  });

  test('fills strings and keeps those that are there', () => {
    const filled = impute({ strategy: 'constant', fillString: 'c' }).fit(table).transform(table);
    expect(cellsOf(filled, 'word')).toEqual(['b', 'c', 'b', 'a', 'a']);
  });

  test('passes a column with nothing missing on by reference', () => {
    const whole = makeTable([['x', numbers([1, 2])]]);
    expect(
      impute()
        .fit(table.select('amount').rename({ amount: 'x' }))
        .transform(whole)
        .column('x'),
    ).toBe(whole.column('x'));
  });

  test('fills a string column that has no value in the table at hand', () => {
    const fitted = impute({ strategy: 'mostFrequent', columns: ['word'] }).fit(table);
    expect(cellsOf(fitted.transform(makeTable([['word', numbers([null, null])]])), 'word')).toEqual(['a', 'a']);
  });

  test('agrees with filling by hand', () => {
    fc.assert(
      fc.property(trainingRows, (rows) => {
        const given = rows.map((row) => row.amount).filter((cell) => cell !== null);
        fc.pre(given.length > 0);
        const sorted = given.sort((a, b) => a - b);
        const middle = (sorted.length - 1) / 2;
        const median = ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2;
        const fitted = impute({ columns: ['amount'] }).fit(mixedTable(rows));
        expect(cellsOf(fitted.transform(mixedTable(rows)), 'amount').map((cell) => (cell as number) + 0)).toEqual(
          rows.map((row) => (row.amount ?? median) + 0),
        );
      }),
    );
  });

  test('learns the same from rows in any order', () => {
    fc.assert(
      fc.property(trainingRows, fc.constantFrom('median', 'mostFrequent'), (rows, strategy) => {
        const one = impute({ strategy }).fit(mixedTable(rows)).toJSON();
        const other = impute({ strategy }).fit(mixedTable(rows.toReversed())).toJSON();
        expect(other).toEqual(one);
      }),
    );
  });

  test('refuses options and columns it cannot take', () => {
    expect(() => impute({ strategy: 'mode' as 'mean' })).toThrow(/strategy must be one of/);
    expect(() => impute({ columns: ['word'] }).fit(table)).toThrow(
      expect.objectContaining({ code: 'COLUMN_INVALID', message: expect.stringContaining('got strings') }),
    );
    expect(() => impute().fit(makeTable([['x', numbers([])]]))).toThrow(
      expect.objectContaining({ code: 'DATA_EMPTY' }),
    );
    const infinite = makeTable([['x', numbers([1, Number.NEGATIVE_INFINITY])]]);
    for (const strategy of ['median', 'mean', 'mostFrequent'] as const) {
      expect(() => impute({ strategy }).fit(infinite)).toThrow(
        expect.objectContaining({ code: 'VALUE_INVALID', message: expect.stringContaining('row 1') }),
      );
    }
    const huge = makeTable([['x', numbers([1.7e308, 1.7e308, null])]]);
    expect(() => impute({ strategy: 'median' }).fit(huge)).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
  });

  test('refuses a string where the row must have a number', () => {
    const fitted = impute({ columns: ['amount'] }).fit(table);
    const step = fitted.rowStep({ read: () => 0, write: () => 0 });
    expect(() => step(['1'])).toThrow(
      expect.objectContaining({ code: 'VALUE_INVALID', message: 'impute: column amount must be a number, got string' }),
    );
  });
});
