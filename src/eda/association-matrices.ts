// Matrices of association between the columns of a sample, with an order that puts like columns side by side.

import type { AssociationColumn, AssociationSample, PairAssociations } from './associations/association-sample.js';
import { clusterOrder } from './associations/cluster-order.js';
import type { ColumnProfile } from './column-profile-types.js';
import { finite } from './finite.js';
import type { AssociationKind, AssociationMatrix } from './profile-types.js';
import type { KeptColumn, RowStore } from './row-store.js';

/** A column of categories with more levels is in no matrix. */
const MAX_LEVELS = 100;
/** Bins of a number in tables of counts. */
const N_BINS = 10;
const KINDS: readonly AssociationKind[] = ['auto', 'pearson', 'spearman', 'kendall', 'cramersV', 'phiK'];

/** Whether a column can be in a matrix. */
export function canAssociate({ type, storage, distinct }: ColumnProfile): boolean {
  if (type === 'numeric') return true;
  if (type !== 'categorical' && type !== 'boolean') return false;
  return storage !== 'other' && distinct.count >= 2 && distinct.count <= MAX_LEVELS;
}

/** The columns as threads read them, over shared memory where there are threads. */
export function associationSample(
  columns: readonly ColumnProfile[],
  rows: RowStore,
  { kendallRows, isShared }: { readonly kendallRows: number; readonly isShared: boolean },
): AssociationSample {
  const { nRows } = rows;
  const memory = (bytes: number) => (isShared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
  const values = columns.map(() => new Float64Array(memory(8 * nRows)));
  const groups = columns.map(() => new Int32Array(memory(4 * nRows)));
  const described = columns.map((column, i): AssociationColumn => {
    const kept = rows.column(column.index);
    const nGroups = fill(kept, column.type === 'numeric', values[i] as Float64Array, groups[i] as Int32Array);
    const isNumber = column.storage === 'number' || column.storage === 'boolean';
    return { name: column.name, isNumber, isNumeric: column.type === 'numeric', nGroups };
  });
  const nRanks = described.map(({ isNumber }) => (isNumber ? nRows : 0));
  return {
    nRows,
    columns: described,
    values,
    groups,
    orders: nRanks.map((n) => new Uint32Array(memory(4 * n))),
    nOrdered: new Int32Array(memory(4 * columns.length)),
    ranks: nRanks.map((n) => new Float64Array(memory(8 * n))),
    kendallRows,
  };
}

/** The matrices of each kind that at least two columns are in. */
export function associationMatrices(
  { columns, nRows, kendallRows }: AssociationSample,
  pairs: readonly (readonly PairAssociations[])[],
  totalRows: number,
): AssociationMatrix[] {
  return KINDS.flatMap((kind) => {
    const members = [...columns.keys()].filter((i) => isMember(kind, columns[i] as AssociationColumn));
    if (members.length < 2) return [];
    const values = members.map((i) =>
      members.map((j) => (i === j ? 1 : finite(associationOf(kind, columns, pairs, i, j)))),
    );
    const rows = kind === 'kendall' ? Math.min(nRows, kendallRows) : nRows;
    const names = members.map((i) => (columns[i] as AssociationColumn).name);
    return [{ kind, columns: names, order: orderOf(values), values, nRows: rows, isSampled: rows < totalRows }];
  });
}

/** Similar columns side by side. */
export function orderOf(values: readonly (readonly (number | null)[])[]): number[] {
  return clusterOrder(values.map((row) => row.map((value) => Math.abs(value ?? 0))));
}

function isMember(kind: AssociationKind, column: AssociationColumn): boolean {
  if (kind === 'auto' || kind === 'phiK') return true;
  return kind === 'cramersV' ? !column.isNumeric : column.isNumber;
}

function associationOf(
  kind: AssociationKind,
  columns: readonly AssociationColumn[],
  pairs: readonly (readonly PairAssociations[])[],
  i: number,
  j: number,
): number {
  const first = Math.min(i, j);
  const pair = pairs[first]?.[Math.max(i, j) - first - 1];
  if (pair === undefined) return Number.NaN;
  if (kind !== 'auto') return pair[kind];
  return columns[i]?.isNumeric && columns[j]?.isNumeric ? pair.spearman : pair.cramersV;
}

/** Fills in a column's values and groups; how many groups there are. */
function fill(kept: KeptColumn, isNumeric: boolean, values: Float64Array, groups: Int32Array): number {
  if (kept.kind === 'string') {
    const levels = new Map<string, number>();
    for (let row = 0; row < values.length; row++) {
      const value = kept.values[row] as string | null;
      groups[row] = value === null ? -1 : levelOf(levels, value);
      values[row] = value === null ? Number.NaN : 0;
    }
    return levels.size;
  }
  const isCode = kept.kind === 'boolean';
  for (let row = 0; row < values.length; row++) {
    const value = kept.values[row] as number;
    values[row] = (isCode && value === -1) || !Number.isFinite(value) ? Number.NaN : value;
  }
  if (isNumeric) return equalBins(values, groups);
  const levels = new Map<number, number>();
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    groups[row] = Number.isNaN(value) ? -1 : levelOf(levels, value);
  }
  return levels.size;
}

function levelOf<T>(levels: Map<T, number>, value: T): number {
  const known = levels.get(value);
  if (known !== undefined) return known;
  levels.set(value, levels.size);
  return levels.size - 1;
}

/** Bins of equal width that hold their upper edge, as phik and pandas.cut have them. */
function equalBins(values: Float64Array, groups: Int32Array): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const width = (high - low) / N_BINS;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    groups[row] = Number.isNaN(value) ? -1 : binOf(value, low, width);
  }
  return N_BINS;
}

function binOf(value: number, low: number, width: number): number {
  let bin = Math.min(N_BINS - 1, Math.max(0, Math.ceil((value - low) / width) - 1));
  // The quotient may be rounded past an edge that the value is at.
  if (bin > 0 && value <= low + bin * width) bin -= 1;
  else if (bin < N_BINS - 1 && value > low + (bin + 1) * width) bin += 1;
  return Number.isNaN(bin) ? 0 : bin;
}
