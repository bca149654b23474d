// Ranks within the stated error of exact ranks, whatever the order and the shape of the values.
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/core/random.js';
import { KLL_RANK_ERROR, KllSketch } from '../../../src/eda/sketches/kll-sketch.js';
import { valueAt } from '../../../src/eda/statistics/value-quantiles.js';

const N = 300_000;
const SHARES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

const random = createRandom(5);
const streams: Readonly<Record<string, (i: number) => number>> = {
  ascending: (i) => i,
  descending: (i) => -i,
  uniform: () => random.next(),
  normal: () => random.normal(),
  'heavy-tailed': () => Math.exp(4 * random.normal()),
  'of few values': () => random.integer(7),
  'a saw': (i) => (i * 7919) % 1000,
};

/** How far a value's ranks are from a share: 0 where its ties reach over it. */
function rankError(sorted: Float64Array, value: number, share: number): number {
  const below = sorted.findIndex((other) => other >= value) / sorted.length;
  const upTo = (sorted.findLastIndex((other) => other <= value) + 1) / sorted.length;
  return Math.max(0, below - share, share - upTo);
}

describe('quantiles', () => {
  test.each(Object.keys(streams))('of a stream that is %s are within the stated error', (name) => {
    const sketch = new KllSketch(1);
    const values = Float64Array.from({ length: N }, (_, i) => streams[name]?.(i) as number);
    for (const value of values) sketch.add(value);
    const weighted = sketch.weighted();
    expect(weighted.total).toBe(N);
    values.sort();
    for (const share of SHARES) {
      expect(rankError(values, valueAt(weighted, share), share), `${share}`).toBeLessThanOrEqual(KLL_RANK_ERROR);
    }
  });

  test('of sketches joined are within the stated error', () => {
    const sketches = Array.from({ length: 8 }, (_, seed) => new KllSketch(seed));
    const values = Float64Array.from({ length: N }, () => random.normal());
    for (const [i, value] of values.entries()) (sketches[i % 8] as KllSketch).add(value);
    const joined = new KllSketch(9);
    for (const sketch of sketches) joined.merge(sketch);
    values.sort();
    expect(joined.weighted().total).toBe(N);
    for (const share of SHARES) {
      expect(rankError(values, valueAt(joined.weighted(), share), share)).toBeLessThanOrEqual(KLL_RANK_ERROR);
    }
  });

  test('count a value that is added many times as many', () => {
    const sketch = new KllSketch(3);
    for (let value = 0; value < 1000; value++) sketch.addTimes(value, value);
    const weighted = sketch.weighted();
    expect(weighted.total).toBe((999 * 1000) / 2);
    // Half of the sum of 0 … 999 is reached at 999 / sqrt(2).
    expect(Math.abs(valueAt(weighted, 0.5) - 999 / Math.SQRT2)).toBeLessThan(5);
  });

  test('are the same for the same seed and order', () => {
    const sketches = [new KllSketch(4), new KllSketch(4)];
    for (const sketch of sketches) for (let i = 0; i < 50_000; i++) sketch.add((i * 31) % 9973);
    expect(sketches[0]?.weighted()).toEqual(sketches[1]?.weighted());
  });
});
