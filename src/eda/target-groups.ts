// The groups of a column that its target is looked at by: bins of equal counts, or values.
import type { ColumnProfile } from './column-profile-types.js';
import type { KeptColumn } from './row-store.js';

/** Rows by group. */
export interface TargetGroups {
  /** Int32Array [nRows]; missing values are a group of their own, the last one, where there are any. */
  readonly codes: Int32Array;
  readonly labels: readonly string[];
  /** Whether groups are in the order of the values. */
  readonly isOrdered: boolean;
}

const N_BINS = 10;
const MAX_VALUES = 15;
const MAX_LABEL = 60;
const format = new Intl.NumberFormat('en', { maximumSignificantDigits: 5 });

/** Groups the rows. */
export function targetGroups(column: ColumnProfile, kept: KeptColumn): TargetGroups {
  switch (kept.kind) {
    case 'string':
      return byValue(kept.values);
    case 'number':
      return column.distinct.count <= MAX_VALUES ? inOrder(kept.values) : byQuantile(kept.values, false);
    case 'datetime':
      return byQuantile(kept.values, true);
    default:
      return byValue(Array.from(kept.values, (code) => (code === -1 ? null : code === 1 ? 'true' : 'false')));
  }
}

function byValue(values: readonly (string | null)[]): TargetGroups {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const frequent = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MAX_VALUES);
  const codes = new Map(frequent.map(([value], i) => [value, i]));
  const labels = frequent.map(([value]) => value.slice(0, MAX_LABEL));
  if (counts.size > frequent.length) labels.push('(other)');
  const other = frequent.length;
  return withMissing(values, (value) => (value === null ? -1 : (codes.get(value) ?? other)), labels, false);
}

function inOrder(values: Float64Array): TargetGroups {
  const distinct = [...new Set(values)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const codes = new Map(distinct.map((value, i) => [value, i]));
  return withMissing(
    values,
    (value) => codes.get(value) ?? -1,
    distinct.map((value) => format.format(value + 0)),
    true,
  );
}

function byQuantile(values: Float64Array, isDate: boolean): TargetGroups {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const edges: number[] = [];
  for (let i = 1; i < N_BINS; i++) {
    const edge = sorted[Math.floor((i * sorted.length) / N_BINS)];
    if (edge !== undefined && edge > (edges[edges.length - 1] ?? (sorted[0] as number))) edges.push(edge);
  }
  const text = (value: number) => (isDate ? dayText(value) : format.format(value + 0));
  const bounds = [sorted[0] ?? 0, ...edges, sorted[sorted.length - 1] ?? 0];
  const labels = bounds.slice(1).map((high, i) => `${text(bounds[i] as number)} – ${text(high)}`);
  return withMissing(values, (value) => (Number.isNaN(value) ? -1 : countUpTo(edges, value)), labels, true);
}

function countUpTo(edges: readonly number[], value: number): number {
  let n = 0;
  while (n < edges.length && (edges[n] as number) <= value) n += 1;
  return n;
}

function dayText(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString().slice(0, 10);
}

function withMissing<T>(
  values: ArrayLike<T>,
  codeOf: (value: T) => number,
  labels: readonly string[],
  isOrdered: boolean,
): TargetGroups {
  const codes = new Int32Array(values.length);
  let hasMissing = false;
  for (let row = 0; row < codes.length; row++) {
    const code = codeOf(values[row] as T);
    codes[row] = code < 0 ? labels.length : code;
    hasMissing ||= code < 0;
  }
  return { codes, labels: hasMissing ? [...labels, 'missing'] : labels, isOrdered };
}
