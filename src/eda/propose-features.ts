// A `defineFeatures` from a profile: types, nullability and levels as the data has them, and what cannot be a feature with its reason.
import type { FeatureSpec, Field, IgnoredColumn, Target } from '../core/feature-spec.js';
import { featuresSource } from '../schema/features-source.js';
import type { ColumnProfile } from './column-profile-types.js';
import type { Alert, FeaturesProposal, TargetProfile } from './profile-types.js';

/** Reasons to leave a column out, by the alert that gives it. */
const REASONS: Readonly<Partial<Record<Alert['kind'], string>>> = {
  empty: 'no value at all',
  constant: 'one value only',
  unsupported: 'values of several kinds',
  idLike: 'every value differs, like an id',
  leakage: 'tells the target alone: likely known only after it',
};
/** A string with more distinct values is free text. */
const MAX_LEVELS = 1000;

/** The proposal, or undefined where no column can be a feature. */
export function proposeFeatures(
  columns: readonly ColumnProfile[],
  alerts: readonly Alert[],
  target: TargetProfile | undefined,
  isRedacted: boolean,
): FeaturesProposal | undefined {
  const reasons = new Map(
    alerts.flatMap(({ column, kind }) => (REASONS[kind] ? [[column, REASONS[kind]] as const] : [])),
  );
  const fields: Field[] = [];
  const ignored: IgnoredColumn[] = [];
  for (const column of columns) {
    if (column.name === target?.column) continue;
    const reason = reasons.get(column.name) ?? reasonAgainst(column);
    if (reason === undefined) fields.push(fieldOf(column));
    else ignored.push({ name: column.name, reason });
  }
  if (fields.length === 0) return undefined;
  const spec: FeatureSpec = {
    fields,
    ignored,
    ...(target === undefined ? {} : { target: targetOf(target, columns, isRedacted) }),
  };
  return { spec, source: featuresSource(spec) };
}

function reasonAgainst({ type, distinct, storage }: ColumnProfile): string | undefined {
  if (type === 'datetime') return 'a date or date-time; derive date parts from it';
  if (storage !== 'string' || distinct.count <= MAX_LEVELS) return undefined;
  return `${distinct.count} distinct strings, like an id or free text`;
}

function fieldOf({ name, storage, missing, numeric, boolean }: ColumnProfile): Field {
  const nullable = missing.count > 0;
  if (storage === 'boolean') return { name, type: 'boolean', nullable };
  if (storage === 'string') return { name, type: 'string', nullable };
  return { name, type: numeric?.isInteger === true || boolean !== undefined ? 'integer' : 'number', nullable };
}

function targetOf(
  { column, task, positive }: TargetProfile,
  columns: readonly ColumnProfile[],
  isRedacted: boolean,
): Target {
  if (positive === null || isRedacted) return { column, task };
  const storage = columns.find(({ name }) => name === column)?.storage;
  const label = storage === 'number' ? Number(positive) : storage === 'boolean' ? positive === 'true' : positive;
  return { column, task, positive: label };
}
