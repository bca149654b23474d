import { describe, expect, test } from 'vitest';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import type { HashingEncodeOptions } from '../../src/transforms/hashing-encode.js';
import { hashingEncode } from '../../src/transforms/hashing-encode.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { cellsOf, numbers, strings } from './mixed-rows.js';

const table = makeTable([
  ['word', strings(['test', null, 'b', '', 'é\u{1F600}'])],
  ['amount', numbers([1, 2, 3, 4, 5])],
]);

describe('hashingEncode', () => {
  test.each<HashingEncodeOptions>([{}, { buckets: 1 }, { buckets: 3, signed: false }])(
    'keeps the promises of a step with %o',
    async (options) => {
      await checkTransformer(() => hashingEncode(options), { table, read: readTransformer });
    },
  );

  test('sets one column a category and none where it is missing', () => {
    const encoded = hashingEncode({ buckets: 10 }).fit(table).transform(table);
    // The hash of "test" is -1167338989: see the test of the hash.
    expect(cellsOf(encoded, 'word hash 9')[0]).toBe(-1);
    for (const [row, sum] of [1, 0, 1, 1, 1].entries()) {
      const cells = Array.from({ length: 10 }, (_, i) => Math.abs(cellsOf(encoded, `word hash ${i}`)[row] as number));
      expect(cells.reduce((total, cell) => total + cell, 0)).toBe(sum);
    }
  });

  test('refuses numbers, names that are taken and tables past the memory', () => {
    expect(() => hashingEncode({ columns: ['amount'] }).fit(table)).toThrow(/must hold strings, got numbers/);
    const taken = makeTable([
      ['word', strings(['a'])],
      ['word hash 0', numbers([1])],
    ]);
    expect(() => hashingEncode({ columns: ['word'] }).fit(taken)).toThrow(/the table has a column word hash 0 already/);
    const long = makeTable([['word', strings(new Array(10_000).fill('a'))]]);
    expect(() => hashingEncode({ buckets: 65_536 }).fit(long).transform(long)).toThrow(
      expect.objectContaining({ code: 'DATA_TOO_LARGE' }),
    );
  });
});
