import { describe, expect, test } from 'vitest';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import type { CyclicalOptions } from '../../src/transforms/cyclical.js';
import { cyclical } from '../../src/transforms/cyclical.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { cellsOf, numbers, strings } from './mixed-rows.js';

const table = makeTable([
  ['hour', numbers([0, 6, null, 24])],
  ['angle', numbers([0, -90, 90, 450])],
  ['word', strings(['a', 'b', 'c', 'd'])],
]);

describe('cyclical', () => {
  test.each<CyclicalOptions>([{ periods: { hour: 24 } }, { periods: { angle: 360, hour: 12.5 }, keep: true }])(
    'keeps the promises of a step with %o',
    async (options) => {
      await checkTransformer(() => cyclical(options), { table, read: readTransformer });
    },
  );

  test('puts numbers on a circle on which the period is back at 0', () => {
    const encoded = cyclical({ periods: { hour: 24 } })
      .fit(table)
      .transform(table);
    expect(encoded.columnNames()).toEqual(['angle', 'word', 'hour sin', 'hour cos']);
    const sines = cellsOf(encoded, 'hour sin') as number[];
    expect(sines.slice(0, 3)).toEqual([0, 1, null]);
    expect(sines[3]).toBeCloseTo(0, 15);
    expect(cellsOf(encoded, 'hour cos')[3]).toBe(1);
  });

  test('refuses no column, a period of 0 and strings', () => {
    expect(() => cyclical({})).toThrow('cyclical: periods must name a column');
    expect(() => cyclical({ periods: { hour: 0 } })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    expect(() => cyclical({ periods: { word: 3 } }).fit(table)).toThrow(
      expect.objectContaining({ code: 'COLUMN_INVALID' }),
    );
  });
});
