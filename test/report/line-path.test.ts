import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linePath } from '../../src/report/line-path.js';

function points(path: string): [number, number][] {
  return [...path.matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Lowest and highest y of the points in each pixel column. */
function columnRanges(list: readonly (readonly [number, number])[]): Map<number, [number, number]> {
  const ranges = new Map<number, [number, number]>();
  for (const [x, y] of list) {
    const [low, high] = ranges.get(Math.floor(x)) ?? [y, y];
    ranges.set(Math.floor(x), [Math.min(low, y), Math.max(high, y)]);
  }
  return ranges;
}

/** In tenths of a pixel, which paths are written in. */
const pixels = (most: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: most * 10 }).map((tenths) => tenths / 10);
const curve = fc
  .array(fc.tuple(pixels(20), pixels(100)), { minLength: 1, maxLength: 200, size: 'max' })
  .map((list) => list.sort(([a], [b]) => a - b));

describe('linePath', () => {
  test('begins and ends where the line does', () => {
    fc.assert(
      fc.property(curve, (list) => {
        const path = points(
          linePath(
            Float64Array.from(list, ([x]) => x),
            Float64Array.from(list, ([, y]) => y),
          ),
        );
        for (const end of [0, -1]) expect(path.at(end)).toEqual(list.at(end)?.map(rounded));
      }),
    );
  });

  test('reaches as low and as high as the line in every pixel column, to half a pixel', () => {
    fc.assert(
      fc.property(curve, (list) => {
        const path = points(
          linePath(
            Float64Array.from(list, ([x]) => x),
            Float64Array.from(list, ([, y]) => y),
          ),
        );
        const drawn = columnRanges(path);
        for (const [column, [low, high]] of columnRanges(list)) {
          // A column may be left out where its points lie beside one that is drawn.
          const near = [column - 1, column].flatMap((c) => drawn.get(c) ?? []);
          expect(Math.min(...near)).toBeLessThanOrEqual(low + 0.6);
          expect(Math.max(...near)).toBeGreaterThanOrEqual(high - 0.6);
        }
      }),
    );
  });

  test('draws a million points with at most four a pixel column', () => {
    const x = new Float64Array(1e6).map((_, i) => i / 1e4);
    const y = x.map((_, i) => 50 + 50 * Math.sin(i * i));
    expect(points(linePath(x, y)).length).toBeLessThanOrEqual(4 * 100);
  });

  test('draws steps as lines that are level or upright', () => {
    expect(linePath(Float64Array.of(0, 10, 20), Float64Array.of(5, 3, 8), 'steps')).toBe('M0,5L0,3L10,3L10,8L20,8');
  });

  test('leaves out points that are not finite, and is empty for none', () => {
    expect(linePath(Float64Array.of(0, 10, 20), Float64Array.of(5, Number.NaN, 8))).toBe('M0,5L20,8');
    expect(linePath(Float64Array.of(0), Float64Array.of(Number.NaN))).toBe('');
  });
});
