// Frequent numbers and strings: exact while counters last, then too low by no more than they say.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/core/random.js';
import { FrequentNumbers } from '../../../src/eda/sketches/frequent-numbers.js';
import { FrequentStrings } from '../../../src/eda/sketches/frequent-strings.js';
import { numberHash } from '../../../src/eda/sketches/number-hash.js';

function exactCounts<T>(values: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function frequentNumbers(values: Iterable<number>, capacity: number): FrequentNumbers {
  const sketch = new FrequentNumbers(capacity);
  for (const value of values) sketch.add(value, numberHash(value, FrequentNumbers.seed));
  return sketch;
}

describe('numbers', () => {
  test('are counted exactly while there are no more than counters', () => {
    const number = fc.double({ noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.oneof(number, fc.integer({ min: -3, max: 3 })), { maxLength: 400 }), (values) => {
        const sketch = frequentNumbers(values, 512);
        expect(sketch.maxError).toBe(0);
        const exact = exactCounts(values.map((value) => value + 0));
        expect(new Map(sketch.entries())).toEqual(exact);
        expect(sketch.size).toBe(exact.size);
      }),
    );
  });

  test('are too low by at most the stated error, which is at most what they should be', () => {
    const random = createRandom(2);
    // A third of the stream is one value, a sixth another; the rest is all different.
    const values = Array.from({ length: 200_000 }, (_, i) => (i % 3 === 0 ? 7 : i % 6 === 1 ? -0.5 : random.next()));
    const capacity = 1024;
    const sketch = frequentNumbers(values, capacity);
    const exact = exactCounts(values);
    expect(sketch.maxError).toBeGreaterThan(0);
    expect(sketch.maxError).toBeLessThanOrEqual(values.length / (capacity / 2));
    const found = new Map(sketch.entries());
    for (const value of [7, -0.5]) expect(found.has(value)).toBe(true);
    for (const [value, count] of found) {
      const truth = exact.get(value) as number;
      expect(count).toBeLessThanOrEqual(truth);
      expect(count).toBeGreaterThanOrEqual(truth - sketch.maxError);
    }
  });
});

describe('strings', () => {
  test('are counted exactly while there are no more than counters', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 2 }), { maxLength: 300 }), (values) => {
        const sketch = new FrequentStrings(300, 2 ** 20);
        for (const value of values) sketch.add(value, 1);
        expect(sketch.counts).toEqual(exactCounts(values));
        expect(sketch.maxError).toBe(0);
      }),
    );
  });

  test('that are frequent stay, and memory is bounded by characters too', () => {
    const sketch = new FrequentStrings(100_000, 50_000);
    let longest = 0;
    for (let i = 0; i < 5000; i++) {
      sketch.add('often', 3);
      sketch.add(`${i} `.repeat(100), 1);
      const held = [...sketch.counts.keys()].reduce((sum, text) => sum + text.length, 0);
      if (i % 500 === 0) longest = Math.max(longest, held);
    }
    expect(longest).toBeLessThanOrEqual(50_000);
    expect(sketch.counts.get('often')).toBeGreaterThanOrEqual(15_000 - sketch.maxError);
    expect(sketch.counts.get('often')).toBeLessThanOrEqual(15_000);
  });
});
