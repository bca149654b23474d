// Numbers of which only the bins are known: tests and the textbook's index are exact over the bins, and what needs values
// takes them as spread evenly over their bin.
import type { BinShares } from '../measures/bin-shares.js';
import { sturgesEdges } from '../measures/sturges-bins.js';
import { LEAST_SPREAD } from '../measures/wasserstein.js';
import type { NumericReference } from '../reference/drift-reference.js';
import type { ColumnTally } from '../window/column-tally.js';
import { BELOW_CELL, FIRST_CELL } from '../window/column-tally.js';
import type { ColumnSamples } from './column-samples.js';
import type { BothCounts, Knots } from './knots.js';
import { knotsOf, sharesOver } from './knots.js';

export function binnedSamples(column: NumericReference, tally: ColumnTally): ColumnSamples {
  const reference = Float64Array.of(0, ...column.counts, 0);
  const current = tally.cells.subarray(BELOW_CELL, FIRST_CELL + column.counts.length + 1);
  const nReference = sumOf(reference);
  const nCurrent = sumOf(current);
  const knots = knotsOf(column, tally, { reference, current });
  const evenShares = (): BinShares => sturgesShares(knots, nReference + nCurrent);
  const deviation = Math.max(column.deviation ?? 0, LEAST_SPREAD);
  return {
    kind: 'numeric',
    nReference,
    nCurrent,
    nDistinct: Number.POSITIVE_INFINITY,
    counts: { ...filledCells({ reference, current }), nReference, nCurrent },
    decileShares: () => decilesOver(column, { reference, current }, { reference: nReference, current: nCurrent }),
    evidentlyShares: evenShares,
    hellingerShares: evenShares,
    wasserstein: () => (areaBetween(knots) + areaBeyond(column, tally, nCurrent)) / deviation,
    spread: () => spreadOf(knots) / deviation,
  };
}

function filledCells({ reference, current }: BothCounts): BothCounts {
  const kept = [...reference.keys()].filter((i) => (reference[i] as number) > 0 || (current[i] as number) > 0);
  const pick = (from: Float64Array): Float64Array => Float64Array.from(kept, (i) => from[i] as number);
  return { reference: pick(reference), current: pick(current) };
}

function sturgesShares(knots: Knots, nValues: number): BinShares {
  const edges = sturgesEdges(knots.at[0] as number, knots.at[knots.at.length - 1] as number, nValues);
  return {
    reference: sharesOver(edges, knots.at, knots.reference),
    current: sharesOver(edges, knots.at, knots.current),
  };
}

function decilesOver(
  { bounds, deciles }: NumericReference,
  counts: BothCounts,
  sizes: { readonly reference: number; readonly current: number },
): BinShares {
  const shares = { reference: new Float64Array(deciles.length + 1), current: new Float64Array(deciles.length + 1) };
  for (let cell = 0, bin = 0; cell < counts.reference.length; cell++) {
    // The cell above the range is in the last bin; the one below it, in the first.
    const bound = cell === 0 ? Number.NEGATIVE_INFINITY : (bounds[cell - 1] ?? Number.POSITIVE_INFINITY);
    while (bin < deciles.length && bound > (deciles[bin] as number)) bin++;
    shares.reference[bin] = (shares.reference[bin] as number) + (counts.reference[cell] as number) / sizes.reference;
    shares.current[bin] = (shares.current[bin] as number) + (counts.current[cell] as number) / sizes.current;
  }
  return shares;
}

/** The area between the distributions inside the reference's range. */
function areaBetween({ at, reference, current }: Knots): number {
  let area = 0;
  for (let i = 1; i + 2 < at.length; i++) {
    const from = Math.abs((reference[i] as number) - (current[i] as number));
    const to = Math.abs((reference[i + 1] as number) - (current[i + 1] as number));
    const crosses =
      (reference[i] as number) > (current[i] as number) !== (reference[i + 1] as number) > (current[i + 1] as number);
    const mean = crosses && from + to > 0 ? (from ** 2 + to ** 2) / (2 * (from + to)) : (from + to) / 2;
    area += mean * ((at[i + 1] as number) - (at[i] as number));
  }
  return area;
}

/** The area outside it, where all there is are current values whose sums are known. */
function areaBeyond({ minimum, bounds }: NumericReference, { cells, beyond }: ColumnTally, nCurrent: number): number {
  const low = minimum ?? 0;
  const high = bounds[bounds.length - 1] ?? 0;
  const below = (cells[BELOW_CELL] as number) * low - beyond.sumBelow;
  const above = beyond.sumAbove - (cells[FIRST_CELL + bounds.length] as number) * high;
  return (below + above) / nCurrent;
}

function spreadOf({ at, reference }: Knots): number {
  let area = 0;
  for (let i = 1; i + 2 < at.length; i++) {
    const share = ((reference[i] as number) + (reference[i + 1] as number)) / 2;
    area += Math.sqrt(share * (1 - share)) * ((at[i + 1] as number) - (at[i] as number));
  }
  return area;
}

function sumOf(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
