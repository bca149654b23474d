// The reference that drift is measured against, made from the rows a model was trained on.
import type { ColumnTable } from 'arquero';
import type { FeatureSpec, Field, Target } from '../../core/feature-spec.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { predictedClasses } from '../../evaluation/predicted-classes.js';
import { BooleanColumn } from '../../table/boolean-column.js';
import type { Column } from '../../table/column.js';
import { DateColumn } from '../../table/date-column.js';
import { DictionaryColumn } from '../../table/dictionary-column.js';
import { plainTable } from '../../table/plain-table.js';
import { readColumn } from '../../table/read-column.js';
import { categoricalReference } from './categorical-reference.js';
import type { ColumnReference, DatetimeReference, DriftReference } from './drift-reference.js';
import { numericReference } from './numeric-reference.js';

/** What the rows came to, and what a model made of them; each may be of other rows than the table's. */
export interface ReferenceOutcomes {
  /** Float64Array [n] of class positions, or of values. */
  readonly target?: Float64Array | undefined;
  /** Float64Array [n * nOutputs], row-major, by models that had not seen the rows. */
  readonly predictions?: Float64Array | undefined;
}

/**
 * Distributions of a table's features, and of targets and scores where they are given. Its size does not grow with the rows:
 * about 100 bins or at most 200 categories a column.
 * @param spec the columns to keep; outcomes need its target, with its classes
 * @throws COLUMN_MISSING, COLUMN_INVALID where a column is not of its field's type
 */
export function driftReference(
  table: ColumnTable,
  spec: FeatureSpec,
  outcomes: ReferenceOutcomes = {},
): DriftReference {
  const plain = plainTable(table);
  const missing = spec.missing ?? [''];
  const tokens = new Set(missing);
  return {
    format: 'tabwright.reference/1',
    nRows: plain.numRows(),
    missing,
    columns: spec.fields.map((field) => columnReference(field, readColumn(plain, field.name), tokens)),
    ...outcomeReferences(spec.target, outcomes),
  };
}

function columnReference({ name, type }: Field, column: Column, missing: ReadonlySet<string>): ColumnReference {
  if ((type === 'number' || type === 'integer') && column instanceof Float64Array)
    return numericReference(name, column);
  if (type === 'string' && column instanceof DictionaryColumn) return categoricalReference(name, column, missing);
  if (type === 'boolean' && column instanceof BooleanColumn) return categoricalReference(name, column, missing);
  if (type === 'datetime' && column instanceof DateColumn) return datetimeReference(name, column);
  if (isEmpty(column))
    return columnReference({ name, type, nullable: true }, emptyColumn(type, column.length), missing);
  throw new TabwrightError('COLUMN_INVALID', `column ${name} must be of type ${type}`);
}

function datetimeReference(name: string, { epochMs }: DateColumn): DatetimeReference {
  const present = epochMs.filter((ms) => !Number.isNaN(ms));
  const sorted = present.sort();
  return {
    kind: 'datetime',
    name,
    nMissing: epochMs.length - sorted.length,
    nPresent: sorted.length,
    minimum: sorted[0] ?? null,
    maximum: sorted[sorted.length - 1] ?? null,
  };
}

/** Whether no cell says what type it would be of. */
function isEmpty(column: Column): boolean {
  return column instanceof Float64Array && column.every(Number.isNaN);
}

function emptyColumn(type: Field['type'], nRows: number): Column {
  if (type === 'string') return new DictionaryColumn(new Int32Array(nRows).fill(-1), []);
  if (type === 'boolean') return new BooleanColumn(new Int8Array(nRows).fill(-1));
  return new DateColumn(new Float64Array(nRows).fill(Number.NaN));
}

function outcomeReferences(
  target: Target | undefined,
  { target: values, predictions }: ReferenceOutcomes,
): Pick<DriftReference, 'score' | 'prediction' | 'target'> {
  const none = { score: null, prediction: null, target: null };
  if (target === undefined) return none;
  const classes = (target.classes ?? []).map(String);
  const classColumn = (positions: ArrayLike<number>): DictionaryColumn =>
    new DictionaryColumn(Int32Array.from(positions), classes);
  const isRegression = target.task === 'regression';
  const known = values && {
    target: isRegression
      ? numericReference(target.column, values)
      : categoricalReference(target.column, classColumn(values), new Set()),
  };
  if (predictions === undefined) return { ...none, ...known };
  if (isRegression) return { ...none, ...known, score: numericReference('score', predictions) };
  const nOutputs = target.task === 'binary' ? 1 : classes.length;
  const predicted = predictedClasses(predictions, nOutputs);
  const scores =
    nOutputs === 1
      ? predictions
      : Float64Array.from(predicted, (at, row) => predictions[row * nOutputs + at] as number);
  return {
    ...none,
    ...known,
    score: numericReference('score', scores),
    prediction: categoricalReference('prediction', classColumn(predicted), new Set()),
  };
}
