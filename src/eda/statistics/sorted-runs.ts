// Runs of equal values in ordered ones: distinct values, frequent ones and the ends, in one pass.
import type { WeightedValues } from '../sketches/weighted-values.js';
import { LargestCounts } from './largest-counts.js';

/** A number and how often it occurs. */
export type NumberCount = readonly [value: number, count: number];

/** What the runs tell. */
export interface SortedRuns {
  readonly nDistinct: number;
  readonly nUnique: number;
  /** Most frequent first, of equal counts the smaller value. */
  readonly top: readonly NumberCount[];
  readonly smallest: readonly NumberCount[];
  readonly largest: readonly NumberCount[];
  /** Sum of count * log2(count). */
  readonly countLogs: number;
}

/** Reads the runs (values with weights are distinct); of `nTop` values and `nEnds` at either end. */
export function sortedRuns({ values: sorted, weights }: WeightedValues, nTop: number, nEnds: number): SortedRuns {
  const top = new LargestCounts<number>(nTop);
  const smallest: NumberCount[] = [];
  const largest: NumberCount[] = [];
  let nDistinct = 0;
  let nUnique = 0;
  let countLogs = 0;
  for (let start = 0; start < sorted.length; ) {
    const value = sorted[start] as number;
    let end = start + 1;
    while (sorted[end] === value) end++;
    const count = weights === undefined ? end - start : (weights[start] as number);
    start = end;
    nDistinct += 1;
    if (count === 1) nUnique += 1;
    else countLogs += count * Math.log2(count);
    top.add(value, count);
    if (nDistinct <= nEnds) smallest.push([value, count]);
  }
  for (let end = sorted.length; end > 0 && largest.length < nEnds; ) {
    const value = sorted[end - 1] as number;
    let start = end - 1;
    while (start > 0 && sorted[start - 1] === value) start--;
    largest.push([value, weights === undefined ? end - start : (weights[start] as number)]);
    end = start;
  }
  return { nDistinct, nUnique, top: top.entries(), smallest, largest, countLogs };
}
