import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBounds } from '../../src/boosting/find-bounds.js';

const sample = fc
  .array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ noNaN: true, min: -1e6, max: 1e6 })), { maxLength: 400 })
  .map((values) => Float64Array.from(values).sort());

describe('findBounds', () => {
  it('gives ascending bounds between values, fewer than the bins allowed', () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 5 }), (sorted, maxBins, least) => {
        const bounds = findBounds(sorted, maxBins, least);
        expect(bounds.length).toBeLessThan(Math.max(1, maxBins) + 0.5);
        const counts = Array.from({ length: bounds.length + 1 }, () => 0);
        for (const value of sorted) {
          const bin = bounds.findIndex((bound) => value <= bound);
          const at = bin < 0 ? bounds.length : bin;
          counts[at] = (counts[at] as number) + 1;
        }
        bounds.forEach((bound, i) => {
          if (i > 0) expect(bound).toBeGreaterThan(bounds[i - 1] as number);
        });
        if (sorted.length > 0) expect(counts.every((count) => count > 0)).toBe(true);
      }),
    );
  });

  it('gives each of few distinct values a bin of its own', () => {
    expect([...findBounds(Float64Array.of(1, 1, 1, 2, 2, 4), 10, 1)]).toEqual([1.5, 3]);
  });

  it('makes bins of about equal size of many values', () => {
    const sorted = Float64Array.from({ length: 1000 }, (_, i) => i);
    const bounds = findBounds(sorted, 10, 3);
    expect(bounds.length).toBe(9);
    bounds.forEach((bound, i) => {
      expect(bound).toBeCloseTo((i + 1) * 100 - 0.5, 6);
    });
  });

  it('ends a bin right behind a frequent value', () => {
    const sorted = Float64Array.from({ length: 1000 }, (_, i) => (i < 300 ? i : i < 700 ? 300 : i)).sort();
    const bounds = findBounds(sorted, 10, 3);
    expect(bounds).toContain(500);
  });
});
