import { describe, expect, test } from 'vitest';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import type { WinsoriseOptions } from '../../src/transforms/winsorise.js';
import { winsorise } from '../../src/transforms/winsorise.js';
import { cellsOf, numbers } from './mixed-rows.js';

const table = makeTable([
  ['x', numbers([0, 1, 2, null, 3, 4])],
  ['empty', numbers([null, null, null, null, null, null])],
]);

const bounded = (options: WinsoriseOptions) =>
  cellsOf(
    winsorise({ columns: ['x'], ...options })
      .fit(table)
      .transform(makeTable([['x', numbers([-100, 2, 100])]])),
    'x',
  );

describe('winsorise', () => {
  test.each<WinsoriseOptions>([{}, { method: 'iqr', tail: 'high' }, { method: 'deviations', fold: 1, tail: 'low' }])(
    'keeps the promises of a step with %o',
    async (options) => {
      await checkTransformer(() => winsorise(options), { table, read: readTransformer });
    },
  );

  test('bounds by quantiles, quartiles or standard deviations of the training rows', () => {
    expect(bounded({ share: 0.25 })).toEqual([1, 2, 3]);
    expect(bounded({ method: 'iqr' })).toEqual([1 - 1.5 * 2, 2, 3 + 1.5 * 2]);
    expect(bounded({ method: 'deviations', fold: 1 })).toEqual([2 - Math.SQRT2, 2, 2 + Math.SQRT2]);
    expect(bounded({ share: 0.25, tail: 'low' })).toEqual([1, 2, 100]);
    expect(bounded({ share: 0.25, tail: 'high' })).toEqual([-100, 2, 3]);
  });

  test('refuses options that mean nothing together, and infinite values', () => {
    expect(() => winsorise({ fold: 2 })).toThrow('winsorise: fold means nothing with method quantiles');
    expect(() => winsorise({ method: 'iqr', share: 0.1 })).toThrow('winsorise: share means nothing with method iqr');
    expect(() => winsorise().fit(makeTable([['x', numbers([Number.POSITIVE_INFINITY])]]))).toThrow(
      expect.objectContaining({ code: 'VALUE_INVALID' }),
    );
  });
});
