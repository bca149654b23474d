// Shares to draw: numbers over equal bins of the range that holds nearly all of the reference, categories by name.
import type { ColumnDistribution } from '../drift-report.js';
import type { CategoricalReference, ColumnReference, NumericReference } from '../reference/drift-reference.js';
import type { ColumnTally } from '../window/column-tally.js';
import { BELOW_CELL, FIRST_CELL } from '../window/column-tally.js';
import { knotsOf, sharesOver } from './knots.js';

const N_BINS = 30;
const N_CATEGORIES = 12;

/** Null for instants, and where either side has no value. */
export function columnDistribution(column: ColumnReference, tally: ColumnTally): ColumnDistribution | null {
  if (column.kind === 'datetime') return null;
  const hasReference = column.kind === 'categorical' ? column.counts.length > 0 : column.bounds.length > 0;
  if (!hasReference || tally.cells.subarray(BELOW_CELL).every((count) => count === 0)) return null;
  return column.kind === 'numeric' ? numericDistribution(column, tally) : categoryDistribution(column, tally);
}

function numericDistribution(column: NumericReference, tally: ColumnTally): ColumnDistribution {
  const reference = Float64Array.of(0, ...column.counts, 0);
  const current = tally.cells.subarray(BELOW_CELL, FIRST_CELL + column.counts.length + 1);
  const edges = drawnEdges(column);
  if (!column.isEveryValue) {
    const knots = knotsOf(column, tally, { reference, current });
    const over = (shares: readonly number[]): number[] => rounded(sharesOver(edges, knots.at, shares));
    return { kind: 'numeric', edges: [...edges], reference: over(knots.reference), current: over(knots.current) };
  }
  const bin = (counts: Float64Array): number[] => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    const shares = new Float64Array(edges.length - 1);
    for (const [cell, count] of counts.entries()) {
      const value = column.bounds[Math.max(0, cell - 1)] ?? Number.POSITIVE_INFINITY;
      const above = edges.findIndex((edge) => edge > value);
      const at = above === -1 ? shares.length - 1 : Math.max(0, above - 1);
      shares[at] = (shares[at] as number) + count / total;
    }
    return rounded(shares);
  };
  return { kind: 'numeric', edges: [...edges], reference: bin(reference), current: bin(current) };
}

/** A bin for each of few whole numbers, else equal bins over the range, less tails that are long beside what lies between. */
function drawnEdges({ minimum, bounds, counts, isEveryValue }: NumericReference): Float64Array {
  const low = minimum ?? 0;
  const high = bounds[bounds.length - 1] ?? 0;
  if (low === high) return Float64Array.of(low - 0.5, high + 0.5);
  if (isEveryValue && bounds.every(Number.isInteger) && high - low < N_BINS)
    return Float64Array.from({ length: high - low + 2 }, (_, i) => low + i - 0.5);
  const first = boundAt(0.01, bounds, counts);
  const last = boundAt(0.99, bounds, counts);
  const margin = Math.max(last - first, (high - low) / 100) / 4;
  const from = Math.max(low, first - margin);
  const to = Math.min(high, last + margin);
  return Float64Array.from({ length: N_BINS + 1 }, (_, i) => (i === N_BINS ? to : from + ((to - from) * i) / N_BINS));
}

/** The first bound up to which this share of the values lies. */
function boundAt(share: number, bounds: readonly number[], counts: readonly number[]): number {
  const wanted = share * counts.reduce((sum, count) => sum + count, 0);
  let sum = 0;
  const at = counts.findIndex((count) => {
    sum += count;
    return sum >= wanted;
  });
  return bounds[at] as number;
}

function categoryDistribution(
  { categories, counts, other }: CategoricalReference,
  { cells }: ColumnTally,
): ColumnDistribution {
  const now = [...cells.subarray(FIRST_CELL)];
  const before = [...counts, other.count];
  const nListed = Math.min(N_CATEGORIES, categories.length);
  const rest = (all: readonly number[]): number => all.slice(nListed).reduce((sum, count) => sum + count, 0);
  const hasRest = rest(before) + rest(now) > 0;
  const shares = (all: readonly number[]): number[] => {
    const total = all.reduce((sum, count) => sum + count, 0);
    return rounded([...all.slice(0, nListed), ...(hasRest ? [rest(all)] : [])].map((count) => count / total));
  };
  return {
    kind: 'categorical',
    categories: [...categories.slice(0, nListed), ...(hasRest ? [null] : [])],
    reference: shares(before),
    current: shares(now),
  };
}

function rounded(shares: Iterable<number>): number[] {
  return Array.from(shares, (share) => Math.round(1e6 * share) / 1e6);
}
