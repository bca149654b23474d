import { describe, expect, test } from 'vitest';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import type { ClipOptions } from '../../src/transforms/clip.js';
import { clip } from '../../src/transforms/clip.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { booleans, cellsOf, numbers, strings } from './mixed-rows.js';

const table = makeTable([
  ['amount', numbers([-5, null, 2, 300])],
  ['flag', booleans([true, null, true, false])],
  ['word', strings(['a', 'b', null, 'a'])],
]);

describe('clip', () => {
  test.each<ClipOptions>([{ min: 0 }, { max: -0 }, { min: 0, max: 120, columns: ['amount'] }])(
    'keeps the promises of a step with %o',
    async (options) => {
      await checkTransformer(() => clip(options), { table, read: readTransformer });
    },
  );

  test('holds values between the bounds', () => {
    expect(cellsOf(clip({ min: 0, max: 120 }).fit(table).transform(table), 'amount')).toEqual([0, null, 2, 120]);
    expect(cellsOf(clip({ min: 0 }).fit(table).transform(table), 'amount')).toEqual([0, null, 2, 300]);
  });

  test('refuses no bound, bounds in the wrong order and strings', () => {
    expect(() => clip({})).toThrow(/give min, max or both/);
    expect(() => clip({ min: 1, max: 0 })).toThrow(/max must be >= min \(1\), got 0/);
    expect(() => clip({ min: 1, columns: ['word'] }).fit(table)).toThrow(
      expect.objectContaining({ code: 'COLUMN_INVALID' }),
    );
  });
});
