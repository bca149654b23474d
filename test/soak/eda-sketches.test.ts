// Sketches within their stated errors on ten million values.
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.js';
import { FrequentNumbers } from '../../src/eda/sketches/frequent-numbers.js';
import { HYPER_LOG_LOG_ERROR, HyperLogLog } from '../../src/eda/sketches/hyper-log-log.js';
import { KLL_RANK_ERROR, KllSketch } from '../../src/eda/sketches/kll-sketch.js';
import { numberHash } from '../../src/eda/sketches/number-hash.js';
import { valueAt } from '../../src/eda/statistics/value-quantiles.js';

const N = 10_000_000;

describe('ten million values', () => {
  test('have the quantiles that the sketch says, within its error', () => {
    const random = createRandom(1);
    const sketch = new KllSketch(2);
    const values = Float64Array.from({ length: N }, () => Math.exp(random.normal()));
    for (const value of values) sketch.add(value);
    values.sort();
    const weighted = sketch.weighted();
    expect(weighted.total).toBe(N);
    for (let share = 0.01; share < 1; share += 0.01) {
      const value = valueAt(weighted, share);
      const below = lowerBound(values, value) / N;
      expect(Math.abs(below - share)).toBeLessThanOrEqual(KLL_RANK_ERROR);
    }
  });

  test('have about as many distinct ones as there are', () => {
    const sketch = new HyperLogLog();
    for (let i = 0; i < N; i++) sketch.add(numberHash(i / 3, 1), numberHash(i / 3, 2));
    expect(Math.abs(sketch.estimate() / N - 1)).toBeLessThanOrEqual(4 * HYPER_LOG_LOG_ERROR);
  });

  test('keep a value of a hundredth of them', () => {
    const random = createRandom(3);
    const sketch = new FrequentNumbers(4096);
    for (let i = 0; i < N; i++) {
      const value = i % 100 === 0 ? 42 : random.next();
      sketch.add(value, numberHash(value, FrequentNumbers.seed));
    }
    const count = new Map(sketch.entries()).get(42) ?? 0;
    expect(count).toBeLessThanOrEqual(N / 100);
    expect(count).toBeGreaterThanOrEqual(N / 100 - sketch.maxError);
    expect(sketch.maxError).toBeLessThanOrEqual(N / 2048);
  });
});

function lowerBound(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
