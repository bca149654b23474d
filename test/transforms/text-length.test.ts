import { describe, expect, test } from 'vitest';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import type { TextLengthOptions } from '../../src/transforms/text-length.js';
import { textLength } from '../../src/transforms/text-length.js';
import { cellsOf, numbers, strings } from './mixed-rows.js';

const table = makeTable([
  ['note', strings(['two words', null, '', ' \u{1F600}\nb  c\r\n', 'x'])],
  ['amount', numbers([1, 2, 3, 4, 5])],
]);

describe('textLength', () => {
  test.each<TextLengthOptions>([{}, { measures: ['lines'], keep: true }])(
    'keeps the promises of a step with %o',
    async (options) => {
      await checkTransformer(() => textLength(options), { table, read: readTransformer });
    },
  );

  test('counts code points, words and lines', () => {
    const encoded = textLength({ measures: ['lines', 'words', 'characters'] })
      .fit(table)
      .transform(table);
    expect(encoded.columnNames()).toEqual(['amount', 'note lines', 'note words', 'note characters']);
    expect(cellsOf(encoded, 'note characters')).toEqual([9, null, 0, 9, 1]);
    expect(cellsOf(encoded, 'note words')).toEqual([2, null, 0, 3, 1]);
    expect(cellsOf(encoded, 'note lines')).toEqual([1, null, 0, 3, 1]);
  });

  test('refuses other measures, none, and columns that hold no text', () => {
    for (const measures of [['letters'], [], ['words', 'words']]) {
      expect(() => textLength({ measures })).toThrow(/measures must be different names among characters, words, lines/);
    }
    expect(() => textLength({ columns: ['amount'] }).fit(table)).toThrow(/must hold strings, got numbers/);
  });
});
