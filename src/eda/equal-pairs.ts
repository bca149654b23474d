// Pairs of columns that hold the same in nearly every row.
import type { TimeSlice } from '../core/time-slice.js';
import type { ColumnProfile } from './column-profile-types.js';
import type { RowStore } from './row-store.js';

/** Rows on which most pairs are told apart. */
const PROBED_ROWS = 500;
/** Of the probed rows so much less than the threshold may be equal. */
const PROBE_MARGIN = 0.05;

/** Two columns, in the order of the table, and the share of rows on which they are equal. */
export interface EqualPair {
  readonly a: string;
  readonly b: string;
  readonly share: number;
}

/** The pairs from a share on; columns that vary, of the same storage. */
export async function equalPairs(
  columns: readonly ColumnProfile[],
  rows: RowStore,
  { threshold, slice }: { readonly threshold: number; readonly slice: TimeSlice },
): Promise<EqualPair[]> {
  const found: EqualPair[] = [];
  const varied = columns.filter(({ type }) => !['constant', 'empty', 'unsupported'].includes(type));
  for (const [i, a] of varied.entries()) {
    const x = rows.column(a.index).values;
    for (const b of varied.slice(i + 1)) {
      if (a.storage !== b.storage) continue;
      const y = rows.column(b.index).values;
      if (equalShare(x, y, Math.min(PROBED_ROWS, rows.nRows)) < threshold - PROBE_MARGIN) continue;
      const share = equalShare(x, y, rows.nRows);
      if (share >= threshold) found.push({ a: a.name, b: b.name, share });
    }
    if (slice.due()) await slice.pause();
  }
  return found;
}

/** Of the first rows; two missing cells are equal. */
function equalShare(x: ArrayLike<unknown>, y: ArrayLike<unknown>, nRows: number): number {
  let equal = 0;
  for (let row = 0; row < nRows; row++) {
    const a = x[row];
    const b = y[row];
    if (a === b || (Number.isNaN(a) && Number.isNaN(b))) equal += 1;
  }
  return nRows === 0 ? 0 : equal / nRows;
}
