// Kendall's tau-b in O(n log n): Knight, "A computer method for calculating Kendall's tau with ungrouped data" (1966), over ranks, so
// that a column is sorted once and pairs out of order are counted in a Fenwick tree.
import { sortNumbers } from '../statistics/sort-numbers.js';

/** A column's values as their places among its distinct ones. */
export interface DenseRanks {
  /** Int32Array [n]; -1 for missing. */
  readonly ranks: Int32Array;
  readonly nDistinct: number;
}

/** Ranks a column without gaps: 0, 1, 2 and so on, equal values alike. */
export function denseRanks(values: Float64Array): DenseRanks {
  const present = values.filter((value) => !Number.isNaN(value));
  sortNumbers(present, present.length);
  let nDistinct = 0;
  for (let i = 0; i < present.length; i++) {
    if (i === 0 || present[i] !== present[nDistinct - 1]) present[nDistinct++] = present[i] as number;
  }
  const ranks = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    ranks[row] = Number.isNaN(value) ? -1 : placeOf(value, present, nDistinct);
  }
  return { ranks, nDistinct };
}

/** Tau-b over the rows where both have a value, in [-1, 1]; NaN where one does not vary. */
export function kendallTau(x: DenseRanks, y: DenseRanks): number {
  const keys = new Float64Array(x.ranks.length);
  let n = 0;
  for (let row = 0; row < keys.length; row++) {
    const rankX = x.ranks[row] as number;
    const rankY = y.ranks[row] as number;
    if (rankX >= 0 && rankY >= 0) keys[n++] = rankX * y.nDistinct + rankY;
  }
  sortNumbers(keys, n);
  const pairs = pairsOf(n);
  const { tiedX, tiedY, tiedBoth, swaps } = countPairs(keys, n, y.nDistinct);
  const denominator = Math.sqrt(pairs - tiedX) * Math.sqrt(pairs - tiedY);
  return denominator > 0 ? (pairs - tiedX - tiedY + tiedBoth - 2 * swaps) / denominator : Number.NaN;
}

function placeOf(value: number, sorted: Float64Array, n: number): number {
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Of rows in the order of x, then y: pairs equal in one or both, and pairs of which y is in the other order. */
function countPairs(
  keys: Float64Array,
  n: number,
  nDistinctY: number,
): { tiedX: number; tiedY: number; tiedBoth: number; swaps: number } {
  const tree = new Int32Array(nDistinctY + 1);
  const timesY = new Int32Array(nDistinctY);
  const tied = { x: 0, both: 0 };
  const run = { x: 0, both: 0 };
  let swaps = 0;
  let lastX = -1;
  for (let i = 0; i < n; i++) {
    const key = keys[i] as number;
    const rankX = Math.floor(key / nDistinctY);
    const rankY = key - rankX * nDistinctY;
    run.both = i > 0 && key === keys[i - 1] ? run.both + 1 : 0;
    run.x = rankX === lastX ? run.x + 1 : 0;
    tied.both += run.both;
    tied.x += run.x;
    lastX = rankX;
    timesY[rankY] = (timesY[rankY] as number) + 1;
    swaps += i;
    for (let at = rankY + 1; at > 0; at -= at & -at) swaps -= tree[at] as number;
    for (let at = rankY + 1; at <= nDistinctY; at += at & -at) tree[at] = (tree[at] as number) + 1;
  }
  return { tiedX: tied.x, tiedY: timesY.reduce((sum, times) => sum + pairsOf(times), 0), tiedBoth: tied.both, swaps };
}

function pairsOf(n: number): number {
  return (n * (n - 1)) / 2;
}
