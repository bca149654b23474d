// A column of numbers as a histogram by percentiles, which keeps its resolution wherever the values are.
import { decilesOf } from '../measures/decile-bins.js';
import { quantileOfSorted } from '../measures/quantile-of-sorted.js';
import { sortedNumbers } from '../measures/sorted-numbers.js';
import type { NumericReference } from './drift-reference.js';

/** Columns of at most so many distinct values have a bin for each. */
const MAX_VALUES = 100;
/** The others have percentiles, and finer ones where distributions run out. */
const TAIL = [0.0005, 0.002, 0.005];
const BOUNDS_AT = [
  ...TAIL,
  ...Array.from({ length: 99 }, (_, i) => (i + 1) / 100),
  ...TAIL.map((p) => 1 - p).reverse(),
  1,
];

/** @param values [nRows]; what is not finite counts as missing */
export function numericReference(name: string, values: Float64Array): NumericReference {
  const sorted = sortedNumbers(values);
  const nMissing = values.length - sorted.length;
  const distinct = fewDistinct(sorted);
  const bounds = (distinct ?? percentileBounds(sorted)).map(positiveZero);
  return {
    kind: 'numeric',
    name,
    nMissing,
    minimum: sorted.length === 0 ? null : positiveZero(sorted[0] as number),
    ...momentsOf(sorted),
    isEveryValue: distinct !== undefined,
    bounds,
    counts: countsUpTo(sorted, bounds),
    deciles: sorted.length === 0 ? [] : decilesOf(sorted).map(positiveZero),
  };
}

/** JSON has no negative zero. */
function positiveZero(value: number): number {
  return value + 0;
}

/** The distinct values, where they are few. */
function fewDistinct(sorted: Float64Array): number[] | undefined {
  const distinct: number[] = [];
  for (let at = 0; at < sorted.length; at = positionAbove(sorted, distinct[distinct.length - 1] as number, at)) {
    if (distinct.length === MAX_VALUES) return undefined;
    distinct.push(sorted[at] as number);
  }
  return distinct;
}

/** Percentiles, and under a value that fills bins by itself the next lower value, so that its bin holds it alone. */
function percentileBounds(sorted: Float64Array): number[] {
  const bounds = new Set<number>();
  for (const p of BOUNDS_AT) {
    const bound = quantileOfSorted(sorted, p);
    const below = positionOf(sorted, bound) - 1;
    if (bounds.has(bound) && below >= 0) bounds.add(sorted[below] as number);
    bounds.add(bound);
  }
  return [...bounds].sort((a, b) => a - b);
}

function countsUpTo(sorted: Float64Array, bounds: readonly number[]): number[] {
  let before = 0;
  return bounds.map((bound) => {
    const end = positionAbove(sorted, bound, before);
    const count = end - before;
    before = end;
    return count;
  });
}

function momentsOf(sorted: Float64Array): { mean: number | null; deviation: number | null } {
  if (sorted.length === 0) return { mean: null, deviation: null };
  const mean = sorted.reduce((sum, value) => sum + value / sorted.length, 0);
  const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2 / sorted.length, 0);
  // Squares of numbers past 1e154 have no double.
  return { mean, deviation: Math.min(Math.sqrt(variance), Number.MAX_VALUE) };
}

/** Position of the first value of at least `value`. */
function positionOf(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Position of the first value above `value`, from a position at or before it. */
function positionAbove(sorted: Float64Array, value: number, from: number): number {
  let [low, high] = [from, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
