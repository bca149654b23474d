import { describe, expect, test } from 'vitest';
import { DateColumn } from '../../src/table/date-column.js';
import { makeTable } from '../../src/table/make-table.js';
import type { ColumnChoice } from '../../src/transforms/select-columns.js';
import { checkColumnChoice, selectColumns } from '../../src/transforms/select-columns.js';
import { booleans, numbers, strings } from './mixed-rows.js';

const table = makeTable([
  ['day', new DateColumn(Float64Array.of(0))],
  ['amount', numbers([1])],
  ['word', strings(['a'])],
  ['flag', booleans([true])],
]);

describe('selectColumns', () => {
  test.each<[ColumnChoice, string[]]>([
    ['numeric', ['amount', 'flag']],
    ['boolean', ['flag']],
    ['categorical', ['word']],
    ['date', ['day']],
    ['all', ['amount', 'word', 'flag']],
    [
      ['flag', 'day'],
      ['flag', 'day'],
    ],
    [[], []],
  ])('takes for %o the columns %o', (choice, names) => {
    expect(selectColumns(table, 'step', choice).map(([name]) => name)).toEqual(names);
  });

  test('refuses a table without rows and a column that is not there', () => {
    const empty = makeTable([['amount', numbers([])]]);
    expect(() => selectColumns(empty, 'step', 'all')).toThrow(expect.objectContaining({ code: 'DATA_EMPTY' }));
    expect(() => selectColumns(table, 'step', ['gone'])).toThrow(expect.objectContaining({ code: 'COLUMN_MISSING' }));
  });
});

describe('checkColumnChoice', () => {
  test('refuses names that repeat, other types and unknown keywords', () => {
    for (const wrong of [['a', 'a'], [1], 'number', 3, null, {}]) {
      expect(() => checkColumnChoice('step', wrong as ColumnChoice)).toThrow(
        expect.objectContaining({ code: 'OPTION_INVALID' }),
      );
    }
  });

  test('holds on to no list of the caller', () => {
    const names = ['a'];
    const choice = checkColumnChoice('step', names);
    names.push('b');
    expect(choice).toEqual(['a']);
  });
});
