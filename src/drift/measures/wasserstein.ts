import type { PairedCounts } from './paired-counts.js';

/** Evidently's least divisor: a constant column has no spread. */
export const LEAST_SPREAD = 0.001;

/** The first Wasserstein distance: the area between the two empirical distributions, in the unit of the values. */
export function wasserstein({ values, reference, current, nReference, nCurrent }: PairedCounts): number {
  let a = 0;
  let b = 0;
  let area = 0;
  for (let i = 0; i + 1 < values.length; i++) {
    a += reference[i] as number;
    b += current[i] as number;
    area += Math.abs(a / nReference - b / nCurrent) * ((values[i + 1] as number) - (values[i] as number));
  }
  return area;
}

/** The distance in standard deviations (population) of the reference, at least 0.001, as Evidently divides it. */
export function normedWasserstein(counts: PairedCounts, deviation: number): number {
  return wasserstein(counts) / Math.max(deviation, LEAST_SPREAD);
}
