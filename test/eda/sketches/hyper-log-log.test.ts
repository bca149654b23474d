// The estimate within its stated error of exact counts, and joined sketches as one.
import { describe, expect, test } from 'vitest';
import { HYPER_LOG_LOG_ERROR, HyperLogLog } from '../../../src/eda/sketches/hyper-log-log.js';
import { numberHash } from '../../../src/eda/sketches/number-hash.js';
import { textHash } from '../../../src/eda/sketches/text-hash.js';

function add(sketch: HyperLogLog, value: number): void {
  sketch.add(numberHash(value, 1), numberHash(value, 2));
}

describe('the estimate', () => {
  test.each([0, 1, 2, 10, 100, 1000, 5000, 20_000, 100_000, 1_000_000])(
    'of %i integers is within four standard errors',
    (n) => {
      const sketch = new HyperLogLog();
      for (let value = 0; value < n; value++) add(sketch, value);
      expect(Math.abs(sketch.estimate() - n)).toBeLessThanOrEqual(4 * HYPER_LOG_LOG_ERROR * n + 1e-9);
    },
  );

  test('does not change where values come again', () => {
    const sketch = new HyperLogLog();
    for (let value = 0; value < 3000; value++) add(sketch, value / 7);
    const once = sketch.estimate();
    for (let value = 2999; value >= 0; value--) add(sketch, value / 7);
    expect(sketch.estimate()).toBe(once);
  });

  test('of strings that differ in their last character alone is within four standard errors', () => {
    const sketch = new HyperLogLog();
    const n = 60_000;
    for (let i = 0; i < n; i++) {
      const text = `a long text that is the same ${String.fromCharCode(0x4e00 + (i % 1000))}${(i / 1000) | 0}`;
      sketch.add(textHash(text, 1), textHash(text, 2));
    }
    expect(Math.abs(sketch.estimate() - n)).toBeLessThanOrEqual(4 * HYPER_LOG_LOG_ERROR * n);
  });

  test('of two sketches joined is that of one that saw all', () => {
    const all = new HyperLogLog();
    const halves = [new HyperLogLog(), new HyperLogLog()] as const;
    for (let value = 0; value < 40_000; value++) {
      add(all, value);
      add(halves[value % 3 === 0 ? 0 : 1], value);
    }
    halves[0].merge(halves[1]);
    expect(halves[0].estimate()).toBe(all.estimate());
  });
});
