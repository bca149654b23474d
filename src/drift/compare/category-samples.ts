// Categories as their counts; those that the reference does not list are one category together.
import type { BinShares } from '../measures/bin-shares.js';
import type { CategoricalReference } from '../reference/drift-reference.js';
import type { ColumnTally } from '../window/column-tally.js';
import { FIRST_CELL } from '../window/column-tally.js';
import type { ColumnSamples } from './column-samples.js';

export function categorySamples({ counts, other }: CategoricalReference, { cells }: ColumnTally): ColumnSamples {
  const before = Float64Array.of(...counts, other.count);
  const now = cells.subarray(FIRST_CELL);
  const kept = [...before.keys()].filter((i) => (before[i] as number) > 0 || (now[i] as number) > 0);
  const reference = Float64Array.from(kept, (i) => before[i] as number);
  const current = Float64Array.from(kept, (i) => now[i] as number);
  return countSamples(reference, current, counts.length + other.distinct);
}

/** Samples of which only the counts by category matter. */
export function countSamples(reference: Float64Array, current: Float64Array, nDistinct: number): ColumnSamples {
  const nReference = reference.reduce((sum, count) => sum + count, 0);
  const nCurrent = current.reduce((sum, count) => sum + count, 0);
  const shares = (): BinShares => ({
    reference: reference.map((count) => count / nReference),
    current: current.map((count) => count / nCurrent),
  });
  return {
    kind: 'categorical',
    nReference,
    nCurrent,
    nDistinct,
    counts: { reference, current, nReference, nCurrent },
    decileShares: shares,
    evidentlyShares: shares,
    hellingerShares: shares,
    wasserstein: () => Number.NaN,
    spread: () => Number.NaN,
  };
}
