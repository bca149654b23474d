// Pairs of numbers and dates as grids of counts.
import type { TimeSlice } from '../core/time-slice.js';
import type { ColumnProfile } from './column-profile-types.js';
import type { Interaction } from './profile-types.js';
import type { RowStore } from './row-store.js';
import { sortNumbers } from './statistics/sort-numbers.js';
import { equalEdges } from './statistics/value-histogram.js';

const N_BINS = 30;
/** Edges leave so many of the values out at either end, where that narrows the range by half at least. */
const TRIMMED = 0.001;

interface Axis {
  readonly name: string;
  readonly edges: readonly number[];
  /** Int16Array [nRows]: bins; -1 outside, -2 missing. */
  readonly bins: Int16Array;
}

/** Grids of all pairs of the columns. */
export async function interactions(
  columns: readonly ColumnProfile[],
  rows: RowStore,
  { totalRows, slice }: { readonly totalRows: number; readonly slice: TimeSlice },
): Promise<Interaction[]> {
  const axes: Axis[] = [];
  for (const column of columns) {
    axes.push(axisOf(column, rows.column(column.index).values as Float64Array));
    if (slice.due()) await slice.pause();
  }
  const found: Interaction[] = [];
  for (const [i, x] of axes.entries()) {
    for (const y of axes.slice(i + 1)) {
      found.push({ ...grid(x, y), nRows: rows.nRows, isSampled: rows.nRows < totalRows });
      if (slice.due()) await slice.pause();
    }
  }
  return found;
}

function axisOf({ name, numeric, storage }: ColumnProfile, values: Float64Array): Axis {
  const sorted = finiteAscending(values);
  const n = sorted.length;
  const [low, high] = rangeOf(sorted);
  const unit = storage === 'number' && numeric?.isInteger === true && high - low < 2 ** 53 ? 1 : undefined;
  const edges = n === 0 ? [0, 1] : equalEdges({ low, high, bins: N_BINS, unit, offset: 0.5 });
  const first = edges[0] as number;
  const last = edges[edges.length - 1] as number;
  const nBins = edges.length - 1;
  const perUnit = nBins / (last - first);
  const bins = new Int16Array(values.length);
  for (let row = 0; row < bins.length; row++) {
    const value = values[row] as number;
    if (value - value !== 0) bins[row] = -2;
    else if (value < first || value > last) bins[row] = -1;
    else bins[row] = Math.min(nBins - 1, Math.floor((value - first) * perUnit));
  }
  return { name, edges, bins };
}

function finiteAscending(values: Float64Array): Float64Array {
  const sorted = new Float64Array(values.length);
  let n = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    if (value - value === 0) sorted[n++] = value;
  }
  sortNumbers(sorted, n);
  return sorted.subarray(0, n);
}

/** Of sorted values, without the far ends where these take up most of it. */
function rangeOf(sorted: Float64Array): [number, number] {
  const last = sorted.length - 1;
  const low = sorted[0] as number;
  const high = sorted[last] as number;
  const trimmedLow = sorted[Math.floor(TRIMMED * last)] as number;
  const trimmedHigh = sorted[Math.ceil((1 - TRIMMED) * last)] as number;
  const isNarrower = trimmedHigh > trimmedLow && trimmedHigh - trimmedLow < (high - low) / 2;
  return isNarrower ? [trimmedLow, trimmedHigh] : [low, high];
}

function grid(x: Axis, y: Axis): Omit<Interaction, 'nRows' | 'isSampled'> {
  const nX = x.edges.length - 1;
  const nY = y.edges.length - 1;
  const counts = new Array<number>(nX * nY).fill(0);
  let nOutside = 0;
  for (let row = 0; row < x.bins.length; row++) {
    const xBin = x.bins[row] as number;
    const yBin = y.bins[row] as number;
    if (xBin >= 0 && yBin >= 0) counts[yBin * nX + xBin] = (counts[yBin * nX + xBin] as number) + 1;
    else if (xBin !== -2 && yBin !== -2) nOutside += 1;
  }
  return { x: x.name, y: y.name, xEdges: [...x.edges], yEdges: [...y.edges], counts, nX, nY, nOutside };
}
