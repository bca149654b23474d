import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import type { FrequencyEncodeOptions } from '../../src/transforms/frequency-encode.js';
import { frequencyEncode } from '../../src/transforms/frequency-encode.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { booleans, cellsOf, mixedTable, newRows, numbers, strings, trainingRows } from './mixed-rows.js';

const table = makeTable([
  ['word', strings(['b', null, 'b', 'a'])],
  ['stars', numbers([10, 9, 9, null])],
  ['flag', booleans([true, null, true, false])],
]);

const encoded = (options: FrequencyEncodeOptions) =>
  cellsOf(
    frequencyEncode(options)
      .fit(table)
      .transform(makeTable([['word', strings(['a', 'b', null, 'new'])]])),
    'word',
  );

describe('frequencyEncode', () => {
  test.each<FrequencyEncodeOptions>([
    {},
    { output: 'count', missing: 'keep', unknown: 'missing' },
    { unknown: 'error', columns: ['stars', 'flag'] },
  ])('keeps the promises of a step with %o', async (options) => {
    await checkTransformer(() => frequencyEncode(options), { table, read: readTransformer });
  });

  test('gives a category its share of the training rows, or their number', () => {
    expect(encoded({})).toEqual([0.25, 0.5, 0.25, 0]);
    expect(encoded({ output: 'count' })).toEqual([1, 2, 1, 0]);
    expect(encoded({ missing: 'keep', unknown: 'missing' })).toEqual([0.25, 0.5, null, null]);
    expect(() => encoded({ unknown: 'error' })).toThrow(expect.objectContaining({ code: 'CATEGORY_UNKNOWN' }));
  });

  test('agrees with counting by hand', () => {
    fc.assert(
      fc.property(trainingRows, newRows, (rows, others) => {
        const fitted = frequencyEncode({ output: 'count' }).fit(mixedTable(rows));
        expect(cellsOf(fitted.transform(mixedTable(others)), 'word')).toEqual(
          others.map(({ word }) => rows.filter((row) => row.word === word).length),
        );
      }),
    );
  });
});
