// The ten bins of the textbook's population stability index: between the deciles of the reference, closed on the right, open at
// the ends.
import { quantileSorted } from 'd3-array';
import type { BinShares } from './bin-shares.js';

const DECILES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/**
 * The inner edges: quantiles by linear interpolation, as numpy's default has them, without repeats.
 * @param sorted Float64Array [n], ascending, not empty
 */
export function decilesOf(sorted: Float64Array): number[] {
  return [...new Set(DECILES.map((p) => quantileSorted(sorted, p) as number))];
}

/**
 * Shares by these bins.
 * @param reference Float64Array [n], ascending, not empty
 * @param current Float64Array [m] in any order, not empty
 */
export function decileShares(reference: Float64Array, current: Float64Array): BinShares {
  const edges = Float64Array.from(decilesOf(reference));
  return { reference: sharesBetween(reference, edges), current: sharesBetween(current, edges) };
}

function sharesBetween(values: Float64Array, edges: Float64Array): Float64Array {
  const shares = new Float64Array(edges.length + 1);
  for (const value of values) {
    let bin = 0;
    while (bin < edges.length && value > (edges[bin] as number)) bin++;
    shares[bin] = (shares[bin] as number) + 1;
  }
  return shares.map((count) => count / values.length);
}
