// A schema for a table that has none: column types, missing values, and which columns cannot be features.
import type { ColumnTable } from 'arquero';
import type { FeatureSchema, Field, IgnoredColumn, Target } from '../core/feature-spec.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { TargetRequest } from '../core/trainer.js';
import { BooleanColumn } from '../table/boolean-column.js';
import type { Column } from '../table/column.js';
import { DateColumn } from '../table/date-column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';
import { plainTable } from '../table/plain-table.js';
import { readColumn } from '../table/read-column.js';
import { inferTask } from './infer-task.js';

/** What to leave out, and what to predict. */
export interface InferOptions {
  readonly target?: TargetRequest | undefined;
  /** Columns that are no features, such as weights or groups. */
  readonly exclude?: readonly string[] | undefined;
}

/** A string column with more distinct values than this is free text or an id. */
const MAX_LEVELS = 1000;
/** Below this many rows, distinct values say nothing about ids. */
const MIN_ROWS_FOR_ID = 20;

/**
 * Infers fields from a table. Ignored, with the reason in `spec.ignored`: columns with one value only, ids and free text
 * (every value differs, or over 1,000 distinct strings), row numbers, and dates, which need date parts first.
 * @throws DATA_EMPTY, COLUMN_MISSING, SCHEMA_INVALID where no feature is left
 */
export function inferFeatures(table: ColumnTable, options: InferOptions = {}): FeatureSchema {
  const plain = plainTable(table);
  if (plain.numRows() === 0) throw new TabwrightError('DATA_EMPTY', 'inferFeatures: the table has no rows');
  const target = options.target;
  const left = new Set([...(options.exclude ?? []), ...(target === undefined ? [] : [target.column])]);
  for (const name of left) readColumn(plain, name);

  const fields: Field[] = [];
  const ignored: IgnoredColumn[] = [];
  for (const name of plain.columnNames()) {
    if (left.has(name)) continue;
    const found = inferField(name, readColumn(plain, name));
    if ('reason' in found) ignored.push(found);
    else fields.push(found);
  }
  if (fields.length === 0)
    throw new TabwrightError('SCHEMA_INVALID', 'inferFeatures: no column of the table can be a feature');
  return { spec: { fields, ...(target === undefined ? {} : { target: inferTarget(plain, target) }), ignored } };
}

function inferTarget(table: ColumnTable, request: TargetRequest): Target {
  const task = request.task ?? inferTask(readColumn(table, request.column));
  return { column: request.column, task, ...(request.positive === undefined ? {} : { positive: request.positive }) };
}

function inferField(name: string, column: Column): Field | IgnoredColumn {
  if (column instanceof DictionaryColumn) return inferString(name, column);
  if (column instanceof DateColumn) return { name, reason: 'a date or date-time; derive date parts from it' };
  if (column instanceof BooleanColumn) {
    const codes = new Set(column.codes);
    const nullable = codes.delete(-1);
    return codes.size < 2 ? { name, reason: 'one value only' } : { name, type: 'boolean', nullable };
  }
  return inferNumber(name, column);
}

function inferNumber(name: string, column: Float64Array): Field | IgnoredColumn {
  let nullable = false;
  let integer = true;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of column) {
    if (Number.isNaN(value)) nullable = true;
    else {
      integer &&= Number.isInteger(value);
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  if (min >= max) return { name, reason: min > max ? 'no value at all' : 'one value only' };
  if (integer && !nullable && isRowNumber(column, max - min)) return { name, reason: 'a row number' };
  return { name, type: integer ? 'integer' : 'number', nullable };
}

/** Each value one more (or less) than the one before. */
function isRowNumber(column: Float64Array, range: number): boolean {
  if (column.length < MIN_ROWS_FOR_ID || range !== column.length - 1) return false;
  const step = (column[1] as number) - (column[0] as number);
  return (
    Math.abs(step) === 1 && column.every((value, row) => row === 0 || value - (column[row - 1] as number) === step)
  );
}

function inferString(name: string, column: DictionaryColumn): Field | IgnoredColumn {
  const counts = new Int32Array(column.values.length);
  let nullable = false;
  for (const code of column.codes) {
    if (code === -1) nullable = true;
    else counts[code] = (counts[code] as number) + 1;
  }
  const distinct = counts.filter((count) => count > 0).length;
  const present = counts.reduce((sum, count) => sum + count, 0);
  if (distinct < 2) return { name, reason: distinct === 0 ? 'no value at all' : 'one value only' };
  if (distinct === present && present >= MIN_ROWS_FOR_ID) return { name, reason: 'every value differs, like an id' };
  if (distinct > MAX_LEVELS) return { name, reason: `${distinct} distinct strings, like an id or free text` };
  return { name, type: 'string', nullable };
}
