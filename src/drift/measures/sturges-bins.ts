// Bins as Evidently makes them: Sturges' number of equal bins over both samples, by numpy's histogram_bin_edges for floats.
import type { BinShares } from './bin-shares.js';
import type { PairedCounts } from './paired-counts.js';

/** Samples with at most so many distinct values in the reference are binned by value. */
const MAX_VALUES = 20;

/** What Evidently's PSI and Jensen-Shannon distance read: shares by Sturges' bins, or by value where the reference has few. */
export function evidentlyBins(counts: PairedCounts): BinShares {
  if (distinctInReference(counts) > MAX_VALUES) return sturgesBins(counts, counts.nReference + counts.nCurrent);
  const { reference, current, nReference, nCurrent } = counts;
  return { reference: reference.map((n) => n / nReference), current: current.map((n) => n / nCurrent) };
}

/**
 * Shares by equal bins over both samples, closed on the left.
 * @param nValues what Sturges' rule counts: all values, or the distinct ones for Evidently's Hellinger distance
 */
export function sturgesBins(counts: PairedCounts, nValues: number): BinShares {
  const { values } = counts;
  const edges = sturgesEdges(values[0] as number, values[values.length - 1] as number, nValues);
  const reference = new Float64Array(edges.length - 1);
  const current = new Float64Array(edges.length - 1);
  for (let i = 0, bin = 0; i < values.length; i++) {
    while (bin < reference.length - 1 && (values[i] as number) >= (edges[bin + 1] as number)) bin++;
    reference[bin] = (reference[bin] as number) + (counts.reference[i] as number);
    current[bin] = (current[bin] as number) + (counts.current[i] as number);
  }
  const { nReference, nCurrent } = counts;
  return { reference: reference.map((n) => n / nReference), current: current.map((n) => n / nCurrent) };
}

/** Edges [n + 1] of Sturges' number of equal bins over a range (Sturges, "The choice of a class interval", 1926). */
export function sturgesEdges(low: number, high: number, nValues: number): Float64Array {
  if (low === high) return Float64Array.of(low - 0.5, high + 0.5);
  const width = (high - low) / (Math.log2(nValues) + 1);
  const nBins = Math.ceil((high - low) / width);
  const step = (high - low) / nBins;
  return Float64Array.from({ length: nBins + 1 }, (_, i) => (i === nBins ? high : low + i * step));
}

function distinctInReference({ reference }: PairedCounts): number {
  let distinct = 0;
  for (const count of reference) if (count > 0) distinct += 1;
  return distinct;
}
