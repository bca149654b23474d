// Both cumulative distributions over the bins of a reference, from which shares over any other edges follow.
import type { NumericReference } from '../reference/drift-reference.js';
import type { ColumnTally } from '../window/column-tally.js';

/** Values of each sample below the range, by bin, and above the range. */
export interface BothCounts {
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

/** Both cumulative distributions at the bounds of the bins, linear in between. */
export interface Knots {
  /** The least current value below the range, the range's start, the bounds, the largest value above the range. */
  readonly at: readonly number[];
  /** In [0, 1]. */
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** The distributions of a column that has values. */
export function knotsOf({ minimum, bounds }: NumericReference, { beyond }: ColumnTally, counts: BothCounts): Knots {
  const low = minimum ?? 0;
  const high = bounds[bounds.length - 1] ?? 0;
  const at = [Math.min(beyond.least, low), low, ...bounds, Math.max(beyond.largest, high)];
  return { at, reference: cumulated(counts.reference), current: cumulated(counts.current) };
}

/** [n + 1]: 0, then the share up to each cell. */
function cumulated(counts: Float64Array): number[] {
  const total = sumOf(counts);
  const shares = [0];
  let sum = 0;
  for (const count of counts) {
    sum += count;
    shares.push(sum / total);
  }
  return shares;
}

/** Shares between edges; what lies beyond the outer ones is counted in the outer bins. */
export function sharesOver(edges: Float64Array, at: readonly number[], shares: readonly number[]): Float64Array {
  const found = new Float64Array(edges.length - 1);
  let before = 0;
  for (let i = 1, knot = 0; i < edges.length; i++) {
    const edge = edges[i] as number;
    while (knot + 1 < at.length && (at[knot + 1] as number) <= edge) knot++;
    const [x0, y0] = [at[knot] as number, shares[knot] as number];
    const [x1, y1] = [at[knot + 1] ?? x0, shares[knot + 1] ?? y0];
    const share = i === edges.length - 1 ? 1 : x1 > x0 ? y0 + ((y1 - y0) * (edge - x0)) / (x1 - x0) : y0;
    found[i - 1] = Math.max(0, share - before);
    before = share;
  }
  return found;
}

function sumOf(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
