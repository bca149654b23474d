// The columns of a linear model laid out for fitting: row blocks that stay in cache, mostly-zero columns (one-hot) as lists of their non-zeros.
import type { FeatureColumn, FeatureMatrix } from '../core/feature-matrix.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { TimeSlice } from '../core/time-slice.js';
import { valueKind } from '../core/value-kind.js';

/** Rows of a block; below 2 ** 16, since positions in a block are held in 16 bits. */
export const BLOCK_ROWS = 2048;

// A list entry costs about three times a full column's number, so a quarter full is the break-even with a margin.
const SPARSE_SHARE = 0.25;
// Columns whose mean is further from 0 than this many deviations are centred: the squares of larger ratios cost digits.
const CENTRE_RATIO = 4;

/** A column held in full. */
export interface DenseColumn {
  readonly position: number;
  /** Float64Array [nRows], less the column's shift. */
  readonly values: Float64Array;
}

/** The non-zeros of mostly-zero columns, ordered by block, then column, then row. */
interface SparseColumns {
  /** Feature positions, ascending. */
  readonly positions: Int32Array;
  /** Entries of column c in block b are `starts[b * nSparse + c]` up to the next start; Int32Array [nBlocks * nSparse + 1]. */
  readonly starts: Int32Array;
  /** Row of each entry, counted from its block's first. */
  readonly rows: Uint16Array;
  readonly values: Float64Array;
}

/** Feature columns ready for products with coefficients and residuals. */
export interface DesignMatrix {
  readonly nRows: number;
  readonly nColumns: number;
  readonly nBlocks: number;
  readonly dense: readonly DenseColumn[];
  readonly sparse: SparseColumns;
  /** What was taken from each column's values, Float64Array [nColumns]; all 0 where no intercept can make up for it. */
  readonly shifts: Float64Array;
  /** Standard deviation of each column, rows unweighted, Float64Array [nColumns]. */
  readonly deviations: Float64Array;
  /** Mean of each column, rows unweighted, Float64Array [nColumns]. */
  readonly means: Float64Array;
}

/** How to lay columns out. */
export interface DesignOptions {
  /** Whether columns may be centred, which an intercept makes up for. */
  readonly intercept: boolean;
  /** The first word of a message: "logistic". */
  readonly owner: string;
  readonly slice: TimeSlice;
}

interface ColumnScan {
  /** Non-zeros of each block. */
  readonly counts: Int32Array;
  readonly nonZeros: number;
  readonly mean: number;
  readonly deviation: number;
}

/**
 * Lays the columns of a matrix out; they are referred to, and copied only where a change is needed.
 * @throws VALUE_INVALID for a value that is missing, not finite or too large to be squared
 */
export async function designMatrix(matrix: FeatureMatrix, options: DesignOptions): Promise<DesignMatrix> {
  const { nRows, columns } = matrix;
  const scans: ColumnScan[] = [];
  for (const [position, column] of columns.entries()) {
    scans.push(scanColumn(column, `${options.owner}: ${matrix.features[position]?.name}`));
    if (options.slice.due()) await options.slice.pause();
  }
  const isSparse = scans.map(({ nonZeros }) => nonZeros < SPARSE_SHARE * nRows);
  const shifts = new Float64Array(columns.length);
  const dense: DenseColumn[] = [];
  for (const [position, column] of columns.entries()) {
    if (isSparse[position]) continue;
    const { mean, deviation } = scans[position] as ColumnScan;
    if (options.intercept && Math.abs(mean) > CENTRE_RATIO * deviation) shifts[position] = mean;
    dense.push({ position, values: shifted(column, shifts[position] as number) });
    if (options.slice.due()) await options.slice.pause();
  }
  const sparsePositions = Int32Array.from([...isSparse.keys()].filter((position) => isSparse[position]));
  return {
    nRows,
    nColumns: columns.length,
    nBlocks: Math.ceil(nRows / BLOCK_ROWS),
    dense,
    sparse: await sparseColumns(columns, sparsePositions, scans, options.slice),
    shifts,
    deviations: Float64Array.from(scans, ({ deviation }) => deviation),
    means: Float64Array.from(scans, ({ mean }) => mean),
  };
}

/** One pass; the moments are of distances from the first value, which keeps their squares from cancelling. */
function scanColumn(column: FeatureColumn, name: string): ColumnScan {
  const nRows = column.length;
  const counts = new Int32Array(Math.ceil(nRows / BLOCK_ROWS));
  const origin = column[0] as number;
  let nonZeros = 0;
  let sum = 0;
  let squares = 0;
  for (let block = 0; block < counts.length; block++) {
    const end = Math.min((block + 1) * BLOCK_ROWS, nRows);
    let count = 0;
    for (let row = block * BLOCK_ROWS; row < end; row++) {
      const value = column[row] as number;
      const distance = value - origin;
      sum += distance;
      squares += distance * distance;
      if (value !== 0) count++;
    }
    counts[block] = count;
    nonZeros += count;
  }
  if (!Number.isFinite(squares)) throw unfit(column, name);
  const variance = Math.max(squares - (sum * sum) / nRows, 0) / nRows;
  return { counts, nonZeros, mean: origin + sum / nRows, deviation: Math.sqrt(variance) };
}

/** Why a column cannot be used: a value is missing or infinite, or squares overflow. */
function unfit(column: FeatureColumn, name: string): TabwrightError {
  const row = column.findIndex((value) => !Number.isFinite(value));
  if (row < 0) return new TabwrightError('VALUE_INVALID', `${name} must be scaled first: its squares overflow`);
  const kind = valueKind(column[row]);
  const hint = kind === 'NaN' ? '; fill missing values first, for example with impute' : '';
  return new TabwrightError('VALUE_INVALID', `${name} must be finite, got ${kind} in row ${row}${hint}`);
}

function shifted(column: FeatureColumn, shift: number): Float64Array {
  if (shift === 0 && column instanceof Float64Array) return column;
  const values = new Float64Array(column);
  for (let row = 0; row < values.length; row++) values[row] = (values[row] as number) - shift;
  return values;
}

async function sparseColumns(
  columns: readonly FeatureColumn[],
  positions: Int32Array,
  scans: readonly ColumnScan[],
  slice: TimeSlice,
): Promise<SparseColumns> {
  const starts = entryStarts(positions, scans);
  const nEntries = starts[starts.length - 1] as number;
  const rows = new Uint16Array(nEntries);
  const values = new Float64Array(nEntries);
  for (const [c, position] of positions.entries()) {
    const column = columns[position] as FeatureColumn;
    for (let row = 0, block = 0; row < column.length; block++) {
      const first = row;
      const end = Math.min(first + BLOCK_ROWS, column.length);
      let entry = starts[block * positions.length + c] as number;
      for (; row < end; row++) {
        const value = column[row] as number;
        if (value === 0) continue;
        rows[entry] = row - first;
        values[entry++] = value;
      }
    }
    if (slice.due()) await slice.pause();
  }
  return { positions, starts, rows, values };
}

function entryStarts(positions: Int32Array, scans: readonly ColumnScan[]): Int32Array {
  const nBlocks = scans[0]?.counts.length ?? 0;
  const starts = new Int32Array(nBlocks * positions.length + 1);
  let next = 0;
  let entry = 0;
  for (let block = 0; block < nBlocks; block++) {
    for (const position of positions) {
      starts[next++] = entry;
      entry += scans[position]?.counts[block] as number;
    }
  }
  starts[next] = entry;
  return starts;
}
