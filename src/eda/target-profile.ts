// The target and each column's relation to it, over the sampled rows.

import { TabwrightError } from '../core/tabwright-error.js';
import type { TimeSlice } from '../core/time-slice.js';
import type { ColumnProfile, TargetRelation } from './column-profile-types.js';
import type { TargetProfile } from './profile-types.js';
import type { KeptColumn, RowStore } from './row-store.js';
import { targetGroups } from './target-groups.js';
import { type TargetRows, targetRelation } from './target-relation.js';

/** The relations by position of the column. */
export interface TargetAnalysis {
  readonly target: TargetProfile;
  readonly relations: ReadonlyMap<number, TargetRelation>;
}

/** Which column is predicted. */
export interface TargetQuestion {
  readonly column: string;
  readonly positive: string | undefined;
  readonly totalRows: number;
  readonly slice: TimeSlice;
}

/** More distinct strings than this are no classes. */
const MAX_CLASSES = 100;

/**
 * Analyses the target.
 * @throws COLUMN_MISSING; TARGET_INVALID where it has one value only, too many classes, or not the positive one asked for
 */
export async function targetProfile(
  columns: readonly ColumnProfile[],
  rows: RowStore,
  { column, positive, totalRows, slice }: TargetQuestion,
): Promise<TargetAnalysis> {
  const profile = columns.find(({ name }) => name === column);
  if (profile === undefined) throw new TabwrightError('COLUMN_MISSING', `profile: there is no target column ${column}`);
  const { rows: target, positive: shown } = targetRows(profile, rows.column(profile.index), positive);
  const relations = new Map<number, TargetRelation>();
  const counts = {
    nRows: target.values.filter((value) => !Number.isNaN(value)).length,
    isSampled: rows.nRows < totalRows,
  };
  for (const other of columns) {
    if (other === profile || ['empty', 'constant', 'unsupported'].includes(other.type)) continue;
    const kept = rows.column(other.index);
    relations.set(other.index, { ...targetRelation(targetGroups(other, kept), ordered(kept), target), ...counts });
    if (slice.due()) await slice.pause();
  }
  const ranking = [...relations].map(([index, { strength }]) => ({ column: columns[index]?.name ?? '', strength }));
  ranking.sort((a, b) => b.strength - a.strength);
  const rate = target.task === 'multiclass' ? null : mean(target.values);
  return { target: { column, task: target.task, positive: shown, rate, ranking, ...counts }, relations };
}

function ordered(kept: KeptColumn): Float64Array | undefined {
  return kept.kind === 'number' || kept.kind === 'datetime' ? kept.values : undefined;
}

function mean(values: Float64Array): number | null {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value / known.length, 0);
}

function targetRows(
  { name, type, distinct }: ColumnProfile,
  kept: KeptColumn,
  positive: string | undefined,
): { rows: TargetRows; positive: string | null } {
  const isNumber = kept.kind === 'number';
  if (isNumber && distinct.count > 2) {
    const values = kept.values.map((value) => (Number.isFinite(value) ? value : Number.NaN));
    return { rows: { task: 'regression', values, nClasses: 0 }, positive: null };
  }
  const texts = classTexts(kept);
  const classes = [...new Set(texts)].filter((text): text is string => text !== null).sort();
  if (type === 'datetime' || classes.length < 2 || classes.length > MAX_CLASSES) {
    const rule = `must have 2 to ${MAX_CLASSES} classes or be a number`;
    throw new TabwrightError(
      'TARGET_INVALID',
      `profile: target ${name} ${rule}, got ${classes.length} distinct values`,
    );
  }
  if (positive !== undefined && !classes.includes(positive)) {
    throw new TabwrightError('TARGET_INVALID', `profile: target ${name} has no class that is the positive one`);
  }
  const shown = classes.length === 2 ? (positive ?? (classes[1] as string)) : null;
  const codeOf = new Map(classes.map((text, i) => [text, shown === null ? i : Number(text === shown)]));
  const values = Float64Array.from(texts, (text) => (text === null ? Number.NaN : (codeOf.get(text) as number)));
  return {
    rows: { task: shown === null ? 'multiclass' : 'binary', values, nClasses: classes.length },
    positive: shown,
  };
}

function classTexts(kept: KeptColumn): (string | null)[] {
  if (kept.kind === 'string') return kept.values;
  const isCode = kept.kind === 'boolean';
  return Array.from(kept.values, (value) => {
    if (Number.isNaN(value) || (isCode && value === -1)) return null;
    return isCode ? String(value === 1) : String(value);
  });
}
