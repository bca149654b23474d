// What is kept of rows: a fair sample, repeated rows, and counts over bins that double.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/core/random.js';
import { DoublingHistogram } from '../../../src/eda/sketches/doubling-histogram.js';
import { mixed } from '../../../src/eda/sketches/number-hash.js';
import { RepeatedRows } from '../../../src/eda/sketches/repeated-rows.js';
import { RowReservoir } from '../../../src/eda/sketches/row-reservoir.js';

describe('the sample of rows', () => {
  function sample(capacity: number, nRows: number, seed: number, step = 97): number[] {
    const places: number[] = [];
    const reservoir = new RowReservoir(capacity, createRandom(seed));
    for (let from = 0; from < nRows; from += step) {
      reservoir.offer(from, Math.min(nRows, from + step), (row, place) => {
        places[place] = row;
      });
    }
    return places;
  }

  test('is all rows in order where they fit', () => {
    expect(sample(50, 50, 1)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  test('does not depend on how the rows are cut into chunks', () => {
    expect(sample(30, 5000, 3, 1)).toEqual(sample(30, 5000, 3, 777));
  });

  test('has each row as often as any other', () => {
    const counts = new Float64Array(10);
    for (let seed = 0; seed < 2000; seed++) {
      const rows = sample(20, 1000, seed);
      expect(new Set(rows).size).toBe(20);
      for (const row of rows) counts[Math.floor(row / 100)] = (counts[Math.floor(row / 100)] as number) + 1;
    }
    // 40,000 draws in ten tenths: chi-squared of 9 degrees passes 28 once in a thousand.
    const chi = counts.reduce((sum, count) => sum + (count - 4000) ** 2 / 4000, 0);
    expect(chi).toBeLessThan(28);
  });
});

describe('repeated rows', () => {
  function repeated(ids: Iterable<number>, capacity: number): RepeatedRows {
    const rows = new RepeatedRows(capacity);
    for (const id of ids) rows.add(mixed(id * 2 + 1), mixed(id ^ 0x5555_5555));
    return rows;
  }

  test('are counted exactly while all distinct rows fit', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 200 }), (ids) => {
        const counts = new Map<number, number>();
        for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
        const groups = [...counts.values()].filter((count) => count > 1);
        const found = repeated(ids, 256);
        expect(found.groups()).toEqual({ nGroups: groups.length, nRows: groups.reduce((a, b) => a + b, 0) });
        expect(found.relativeError()).toBe(0);
      }),
    );
  });

  test('are estimated within four standard errors where they do not fit', () => {
    const n = 200_000;
    // Every fourth row comes twice.
    const ids = Array.from({ length: n }, (_, i) => i).flatMap((i) => (i % 4 === 0 ? [i, i] : [i]));
    const found = repeated(ids, 8192);
    const { nGroups } = found.groups();
    expect(found.scale).toBeGreaterThan(1);
    expect(Math.abs(nGroups - n / 4) / (n / 4)).toBeLessThanOrEqual(4 * found.relativeError());
  });
});

describe('bins that double', () => {
  test('count as bins that were there from the start', () => {
    // Quotients of far smaller numbers by far larger ones lose their sign.
    const real = fc.double({ noNaN: true, min: -1e150, max: 1e150 }).map((x) => (Math.abs(x) < 1e-150 ? 0 : x));
    const value = fc.oneof(real, fc.integer({ min: -9, max: 9 }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), fc.boolean(), (values, integers) => {
        const histogram = new DoublingHistogram(integers);
        for (const one of values) histogram.add(one);
        const { width, start, counts } = histogram;
        expect(Number.isInteger(Math.log2(width))).toBe(true);
        const naive = new Float64Array(counts.length);
        for (const one of values) {
          const bin = Math.floor(one / width) - start;
          naive[bin] = (naive[bin] as number) + 1;
        }
        expect(counts).toEqual(naive);
      }),
    );
  });

  test('of integers within the range of the bins are one wide', () => {
    const histogram = new DoublingHistogram(true);
    for (let value = -900; value <= 1100; value++) histogram.add(value);
    expect(histogram.width).toBe(1);
    expect(histogram.counts.filter((count) => count === 1).length).toBe(2001);
  });
});
