import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlotFrame } from '../../src/report/plot-frame.js';
import { plotFrame } from '../../src/report/plot-frame.js';
import { scatterMarks } from '../../src/report/scatter-marks.js';

const CELL = 6;
function frameOf(width: number): PlotFrame {
  return plotFrame({ width, top: 0, x: { label: 'x', domain: [0, 10] }, y: { label: 'y', domain: [0, 10] } });
}

// So wide that whole squares fill it: the largest value lies on the far edge of the last one.
const { left, right } = frameOf(200);
const frame = frameOf(200 - ((right - left) % CELL));

/** Level by cell, from the runs of each level's path. */
function drawnLevels(marks: string): Map<string, number> {
  const levels = new Map<string, number>();
  for (const [, level, path] of marks.matchAll(/class="d(\d)" d="([^"]*)"/g)) {
    for (const [, x, y, width] of (path as string).matchAll(/M([\d.]+) ([\d.]+)h(\d+)v6h-\d+z/g)) {
      for (let offset = 0; offset < Number(width); offset += CELL) {
        const cell = [Number(x) + offset - frame.left, Number(y) - frame.top].map((pixels) =>
          Math.round(pixels / CELL),
        );
        levels.set(cell.join(), Number(level));
      }
    }
  }
  return levels;
}

/** The same by counting each cell on its own. */
function naiveLevels(x: Float64Array, y: Float64Array): Map<string, number> {
  const counts = new Map<string, number>();
  const last = Math.ceil((frame.right - frame.left) / CELL) - 1;
  x.forEach((value, i) => {
    const cell = [frame.x(value) - frame.left, frame.y(y[i] as number) - frame.top].map((at) =>
      Math.min(Math.floor(at / CELL), last),
    );
    counts.set(cell.join(), (counts.get(cell.join()) ?? 0) + 1);
  });
  const most = Math.max(...counts.values());
  return new Map([...counts].map(([cell, n]) => [cell, 1 + Math.floor((5 * Math.log(n)) / Math.log(most + 1))]));
}

describe('scatterMarks', () => {
  test('paints each square that has rows once, by the logarithm of how many', () => {
    const value = fc.oneof(fc.double({ min: 0, max: 10, noNaN: true }), fc.constantFrom(0, 10));
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 30 }), fc.nat(50), (pool, skew) => {
        const rows = Array.from(
          { length: 700 },
          (_, i) => pool[Math.min(i * i, i + skew) % pool.length] as [number, number],
        );
        const [x, y] = [Float64Array.from(rows, ([a]) => a), Float64Array.from(rows, ([, b]) => b)];
        expect(drawnLevels(scatterMarks(frame, x, y, 0).marks)).toEqual(naiveLevels(x, y));
      }),
    );
  });

  test('ends a run of equal squares at the edge', () => {
    const x = Float64Array.from({ length: 700 }, (_, i) => (i % 2 === 0 ? 10 : 0));
    const y = x.map((value) => frame.y.invert(frame.top + (value === 10 ? 10.5 : 11.5) * CELL));
    expect(drawnLevels(scatterMarks(frame, x, y, 0).marks)).toEqual(naiveLevels(x, y));
  });

  test('needs no key for dots', () => {
    expect(scatterMarks(frame, Float64Array.of(1), Float64Array.of(2), 0).key).toBe('');
  });
});
