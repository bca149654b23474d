import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DateColumn } from '../../src/table/date-column.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import type { OrdinalOptions } from '../../src/transforms/ordinal.js';
import { ordinal } from '../../src/transforms/ordinal.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { booleans, cellsOf, mixedTable, newRows, numbers, strings, trainingRows } from './mixed-rows.js';

const table = makeTable([
  ['size', strings(['s', null, 'm', 'xl', 's'])],
  ['stars', numbers([10, 9, 9, null, 10])],
  ['flag', booleans([true, null, true, false, false])],
]);

describe('ordinal', () => {
  test.each<OrdinalOptions>([
    {},
    { unknown: 'error' },
    { output: 'numeric', levels: { size: ['s', 'm', 'l', 'xl'] } },
    { columns: ['flag', 'stars'] },
    { columns: [] },
  ])('keeps the promises of a step with %o', async (options) => {
    await checkTransformer(() => ordinal(options), { table, read: readTransformer });
  });

  test('replaces categories by their position in sorted order and declares the levels', () => {
    const fitted = ordinal().fit(table);
    expect(fitted.outputs).toEqual([{ name: 'size', kind: 'categorical', levels: ['m', 's', 'xl'] }]);
    expect(cellsOf(fitted.transform(table), 'size')).toEqual([1, null, 0, 2, 1]);
  });

  test('takes no category that only the dictionary of a column holds', () => {
    const column = new DictionaryColumn(Int32Array.of(1, 1), ['gone', 'here']);
    expect(ordinal().fit(makeTable([['word', column]])).outputs[0]?.levels).toEqual(['here']);
  });

  test('takes levels in the order they are given, as numbers when asked', () => {
    const fitted = ordinal({ levels: { size: ['s', 'm', 'l'] }, output: 'numeric' }).fit(table);
    expect(fitted.outputs).toEqual([{ name: 'size', kind: 'numeric' }]);
    expect(cellsOf(fitted.transform(table), 'size')).toEqual([0, null, 1, null, 0]);
  });

  test('refuses a category it did not learn when the policy is error', () => {
    const fitted = ordinal({ unknown: 'error' }).fit(table);
    const given = makeTable([['size', strings(['s', 'xxl', 'm', 'xxl'])]]);
    expect(() => fitted.transform(given)).toThrow(
      expect.objectContaining({
        code: 'CATEGORY_UNKNOWN',
        problems: [expect.objectContaining({ count: 2, rows: [1, 3] })],
      }),
    );
  });

  test('agrees with looking up by hand', () => {
    fc.assert(
      fc.property(trainingRows, newRows, (rows, others) => {
        const levels = [...new Set(rows.map((row) => row.word).filter((word) => word !== null))].sort();
        const encoded = ordinal().fit(mixedTable(rows)).transform(mixedTable(others));
        const position = (word: string | null) =>
          word !== null && levels.includes(word) ? levels.indexOf(word) : null;
        expect(cellsOf(encoded, 'word')).toEqual(others.map((row) => position(row.word)));
      }),
    );
  });

  test('refuses levels that do not fit', () => {
    expect(() => ordinal({ levels: { size: ['s', 's'] } })).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID' }),
    );
    expect(() => ordinal({ levels: { colour: ['red'] } }).fit(table)).toThrow(
      expect.objectContaining({ code: 'COLUMN_MISSING' }),
    );
    expect(() => ordinal({ columns: ['stars'], levels: { stars: ['9'] } }).fit(table)).toThrow(
      expect.objectContaining({ code: 'COLUMN_INVALID' }),
    );
    const dates = makeTable([['day', new DateColumn(Float64Array.of(0))]]);
    expect(() => ordinal({ columns: ['day'] }).fit(dates)).toThrow(/must hold categories, got dates/);
  });
});
