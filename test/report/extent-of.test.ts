import { describe, expect, test } from 'vitest';
import { extentOf } from '../../src/report/extent-of.js';

describe('extentOf', () => {
  test('is the smallest and largest finite number of all columns', () => {
    expect(extentOf([[3, Number.NaN, -1], Float64Array.of(7, Number.POSITIVE_INFINITY)])).toEqual([-1, 7]);
  });

  test('is one wide around a single value, and 0 to 1 around none', () => {
    expect(extentOf([[4, 4]])).toEqual([3.5, 4.5]);
    expect(extentOf([[], [Number.NaN]])).toEqual([0, 1]);
  });
});
