// The ten bins of the textbook's population stability index: between the deciles of the reference, closed on the right, open at
// the ends.
import type { BinShares } from './bin-shares.js';
import type { PairedCounts } from './paired-counts.js';
import { quantileOfSorted } from './quantile-of-sorted.js';

/**
 * The inner edges, without repeats.
 * @param sorted Float64Array [n], ascending, not empty
 */
export function decilesOf(sorted: Float64Array): number[] {
  const quantiles = Array.from({ length: 9 }, (_, i) => quantileOfSorted(sorted, (i + 1) / 10));
  return [...new Set(quantiles)];
}

/**
 * Shares of values by these bins.
 * @param edges inner edges, ascending
 */
export function decileShares(
  { values, reference, current, nReference, nCurrent }: PairedCounts,
  edges: readonly number[],
): BinShares {
  const shares = { reference: new Float64Array(edges.length + 1), current: new Float64Array(edges.length + 1) };
  for (let i = 0, bin = 0; i < values.length; i++) {
    while (bin < edges.length && (values[i] as number) > (edges[bin] as number)) bin++;
    shares.reference[bin] = (shares.reference[bin] as number) + (reference[i] as number) / nReference;
    shares.current[bin] = (shares.current[bin] as number) + (current[i] as number) / nCurrent;
  }
  return shares;
}
