// Numbers whose distinct values are all known: the measures are exact.
import { decileShares } from '../measures/decile-bins.js';
import type { PairedCounts } from '../measures/paired-counts.js';
import { evidentlyBins, sturgesBins } from '../measures/sturges-bins.js';
import { normedWasserstein } from '../measures/wasserstein.js';
import type { NumericReference } from '../reference/drift-reference.js';
import type { ColumnTally } from '../window/column-tally.js';
import { BELOW_CELL, FIRST_CELL } from '../window/column-tally.js';
import type { ColumnSamples } from './column-samples.js';

/** @param counts of raw samples, or of a reference that has a bin for every value */
export function valueSamples(
  counts: PairedCounts,
  { deciles, deviation }: Pick<NumericReference, 'deciles' | 'deviation'>,
): ColumnSamples {
  const { values, reference, nReference, nCurrent } = counts;
  let nDistinct = 0;
  for (const count of reference) if (count > 0) nDistinct += 1;
  return {
    kind: 'numeric',
    nReference,
    nCurrent,
    nDistinct,
    counts,
    decileShares: () => decileShares(counts, deciles),
    evidentlyShares: () => evidentlyBins(counts),
    hellingerShares: () => sturgesBins(counts, values.length),
    wasserstein: () => normedWasserstein(counts, deviation ?? 0),
    spread: () => spreadOf(counts) / (deviation || 1),
  };
}

/**
 * Counts by value of a reference that has a bin for each. Current values beyond its range stand at the farthest of them, and values
 * between two of the reference's at the higher one.
 */
export function everyValueCounts({ bounds, counts }: NumericReference, { cells, beyond }: ColumnTally): PairedCounts {
  const nBins = bounds.length;
  const all = [beyond.least, ...bounds, beyond.largest];
  const reference = [0, ...counts, 0];
  const current = cells.subarray(BELOW_CELL, FIRST_CELL + nBins + 1);
  const kept = all.map((_, i) => i).filter((i) => (reference[i] as number) > 0 || (current[i] as number) > 0);
  const pick = (from: ArrayLike<number>): Float64Array => Float64Array.from(kept, (i) => from[i] as number);
  const sum = (from: Float64Array): number => from.reduce((total, count) => total + count, 0);
  const own = pick(reference);
  return {
    values: pick(all),
    reference: own,
    current: pick(current),
    nReference: sum(own),
    nCurrent: sum(current),
  };
}

function spreadOf({ values, reference, nReference }: PairedCounts): number {
  let share = 0;
  let area = 0;
  for (let i = 0; i + 1 < values.length; i++) {
    share += (reference[i] as number) / nReference;
    area += Math.sqrt(Math.max(0, share * (1 - share))) * ((values[i + 1] as number) - (values[i] as number));
  }
  return area;
}
