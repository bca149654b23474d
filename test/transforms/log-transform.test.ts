import { describe, expect, test } from 'vitest';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import type { LogTransformOptions } from '../../src/transforms/log-transform.js';
import { logTransform } from '../../src/transforms/log-transform.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { booleans, cellsOf, numbers } from './mixed-rows.js';

const table = makeTable([
  ['amount', numbers([1, null, 9, 99])],
  ['flag', booleans([true, null, true, false])],
]);

const logs = (cells: readonly number[], options?: LogTransformOptions) => {
  const one = makeTable([['x', numbers(cells)]]);
  return cellsOf(logTransform(options).fit(one).transform(one), 'x');
};

describe('logTransform', () => {
  test.each<LogTransformOptions>([
    {},
    { base: '10', invalid: 'missing' },
    { offset: -0, base: '2', columns: ['amount'] },
    { offset: 3 },
  ])('keeps the promises of a step with %o', async (options) => {
    await checkTransformer(() => logTransform(options), { table, read: readTransformer });
  });

  test('takes logarithms to each base', () => {
    expect(logs([0, Math.E - 1])).toEqual([0, 1]);
    expect(logs([1e-20])).toEqual([1e-20]);
    expect(logs([0, 9], { base: '10' })).toEqual([0, 1]);
    expect(logs([1, 8], { base: '2', offset: 0 })).toEqual([0, 3]);
    expect(logs([-4], { base: '10', offset: 14 })).toEqual([1]);
  });

  test('refuses values that have no logarithm, with the rows, or makes them missing', () => {
    expect(() => logs([0, -1, -2])).toThrow(
      expect.objectContaining({
        code: 'VALUE_INVALID',
        message: 'logTransform: column x must be greater than -1, broken in 2 rows',
        problems: [expect.objectContaining({ count: 2, rows: [1, 2] })],
      }),
    );
    expect(logs([0, -1, -2], { invalid: 'missing' })).toEqual([0, null, null]);
    expect(() =>
      logTransform()
        .fit(table)
        .transform(
          makeTable([
            ['amount', numbers([-1])],
            ['flag', numbers([1])],
          ]),
        ),
    ).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
  });
});
