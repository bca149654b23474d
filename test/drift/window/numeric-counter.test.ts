// The grid and the search beside a walk through the bounds, on columns with ties, spikes and far values.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numericReference } from '../../../src/drift/reference/numeric-reference.js';
import { columnTally, FIRST_CELL } from '../../../src/drift/window/column-tally.js';
import { NumericCounter } from '../../../src/drift/window/numeric-counter.js';

const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -5, max: 5 }),
  fc.double({ min: -1, max: 1, noNaN: true }),
);
const sample = fc.array(value, { minLength: 1, maxLength: 400 }).map((values) => Float64Array.from(values));

/** The cell of a value by the definition. */
function naiveCell(bounds: readonly number[], minimum: number, at: number): number {
  if (at < minimum) return 2;
  const bin = bounds.findIndex((bound) => at <= bound);
  return FIRST_CELL + (bin === -1 ? bounds.length : bin);
}

describe('NumericCounter', () => {
  test('counts every value where a walk through the bounds does', () => {
    fc.assert(
      fc.property(sample, sample, (reference, current) => {
        const column = numericReference('x', reference);
        const tally = columnTally(column.bounds.length);
        new NumericCounter(column, new Set()).addColumn(current, 0, current.length, tally);
        const naive = new Float64Array(tally.cells.length);
        for (const at of current) {
          const cell = naiveCell(column.bounds, column.minimum as number, at);
          naive[cell] = (naive[cell] as number) + 1;
        }
        expect(tally.cells).toEqual(naive);
      }),
    );
  });

  test('counts the reference itself as the reference does', () => {
    fc.assert(
      fc.property(sample, (reference) => {
        const column = numericReference('x', reference);
        const tally = columnTally(column.bounds.length);
        new NumericCounter(column, new Set()).addColumn(reference, 0, reference.length, tally);
        expect([...tally.cells.slice(FIRST_CELL, -1)]).toEqual(column.counts);
      }),
    );
  });

  test('tells gaps and other types from numbers, and keeps the sums of what lies beyond the range', () => {
    const counter = new NumericCounter(numericReference('x', Float64Array.of(1, 2, 3)), new Set(['', 'NA']));
    const tally = columnTally(counter.nBins);
    for (const given of [null, undefined, Number.NaN, '', 'NA']) counter.add(given, tally);
    for (const given of ['2', true, Number.POSITIVE_INFINITY, new Date(0)]) counter.add(given, tally);
    for (const given of [-4, 0, 9]) counter.add(given, tally);
    expect([...tally.cells]).toEqual([5, 4, 2, 0, 0, 0, 1]);
    expect(tally.beyond).toEqual({ sumBelow: -4, sumAbove: 9, least: -4, largest: 9 });
  });

  test('puts every number beyond the range of a column that had none', () => {
    const counter = new NumericCounter(numericReference('x', Float64Array.of(Number.NaN)), new Set());
    const tally = columnTally(counter.nBins);
    counter.addColumn(Float64Array.of(1, Number.NaN, -1), 0, 3, tally);
    expect(tally.cells.reduce((sum, count) => sum + count, 0)).toBe(3);
  });
});
