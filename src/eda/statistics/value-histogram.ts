// Histograms of sorted numbers, and of the bins of a sketch. Integers are binned as integers: whole bins at halves, so that no bin
// holds more of them than another by accident.
import type { DoublingHistogram } from '../sketches/doubling-histogram.js';
import type { WeightedValues } from '../sketches/weighted-values.js';
import { countBelow } from './value-quantiles.js';

/** Counts between edges. */
export interface Bins {
  /** One more than counts. */
  readonly edges: number[];
  readonly counts: number[];
}

/** What is binned. */
export interface BinRequest {
  readonly low: number;
  readonly high: number;
  readonly bins: number;
  /** Bins are whole multiples of it; undefined for any width. */
  readonly unit: number | undefined;
  /** Part of a unit that a bin starts before its first value: a half for integers, nothing for days. */
  readonly offset: number;
}

/** Equal bins over the range; the last one holds its upper edge. */
export function equalEdges({ low, high, bins, unit, offset }: BinRequest): number[] {
  if (unit === undefined) {
    if (low === high) return [low - 0.5, high + 0.5];
    // Not by adding up widths: the range may be past the largest double.
    return Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : low * (1 - i / bins) + high * (i / bins)));
  }
  const units = Math.round((high - low) / unit) + 1;
  const width = Math.ceil(units / bins) * unit;
  const nBins = Math.ceil((units * unit) / width);
  return Array.from({ length: nBins + 1 }, (_, i) => low - offset * unit + i * width);
}

/** Counts of values between the edges, one value left out. */
export function countsBetween(
  of: WeightedValues,
  edges: readonly number[],
  spike?: { value: number; count: number },
): number[] {
  const below = edges.map((edge, i) => countBelow(of, edge, i === edges.length - 1));
  const counts = below.slice(1).map((count, i) => count - (below[i] as number));
  if (spike !== undefined) {
    const bin = edges.findLastIndex((edge) => edge <= spike.value);
    const at = Math.min(bin, counts.length - 1);
    if (at >= 0 && spike.value <= (edges[edges.length - 1] as number))
      counts[at] = Math.max(0, (counts[at] as number) - spike.count);
  }
  return counts;
}

/** The bins of a sketch joined to at most so many, without a value that is shown apart. */
export function joinedBins(sketch: DoublingHistogram, bins: number, spike?: { value: number; count: number }): Bins {
  const counts = sketch.counts.slice();
  if (spike !== undefined) {
    const at = Math.floor(spike.value / sketch.width) - sketch.start;
    counts[at] = Math.max(0, (counts[at] as number) - spike.count);
  }
  const first = counts.findIndex((count) => count > 0);
  const last = counts.findLastIndex((count) => count > 0);
  if (first < 0) return { edges: [], counts: [] };
  const joined = Math.ceil((last - first + 1) / bins);
  const nBins = Math.ceil((last - first + 1) / joined);
  const edge = (i: number): number => (sketch.start + first + i * joined) * sketch.width;
  return {
    edges: Array.from({ length: nBins + 1 }, (_, i) => edge(i)),
    counts: Array.from({ length: nBins }, (_, i) =>
      counts.subarray(first + i * joined, first + (i + 1) * joined).reduce((sum, count) => sum + count, 0),
    ),
  };
}
