// From a request to checked columns: features resolved, rows validated, the target encoded, side columns picked.
import type { ColumnTable } from 'arquero';
import type { FeatureSchema, FeatureSpec, Target } from '../core/feature-spec.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { TrainRequest } from '../core/trainer.js';
import type { Validation } from '../evaluation/validation-options.js';
import { conformTable } from '../schema/conform-table.js';
import { encodeTarget } from '../schema/encode-target.js';
import { inferFeatures } from '../schema/infer-features.js';
import type { Column } from '../table/column.js';
import { readColumn } from '../table/read-column.js';

/** Checked data, ready to split and fit. */
export interface PreparedData {
  /** The feature columns only, typed. */
  readonly table: ColumnTable;
  /** Features and target, classes filled in. */
  readonly spec: FeatureSpec & { readonly target: Target };
  /** Float64Array [nRows]. */
  readonly target: Float64Array;
  readonly nClasses: number;
  readonly weights: Float64Array | undefined;
  readonly groups: Column | undefined;
  readonly times: Column | undefined;
  readonly warnings: readonly string[];
}

/**
 * @throws COLUMN_MISSING, VALIDATION_FAILED, TARGET_INVALID, SCHEMA_INVALID, VALUE_INVALID
 */
export function prepareData(table: ColumnTable, request: TrainRequest, validation: Validation): PreparedData {
  const schema = resolveSchema(table, request, validation);
  if (schema.spec.target === undefined) {
    throw new TabwrightError('TARGET_INVALID', 'train: the features have no target; give target: { column }');
  }
  refuseLeaks(schema.spec, schema.spec.target.column, request.weights);
  const columns = new Set(table.columnNames());
  if (!columns.has(schema.spec.target.column)) {
    throw new TabwrightError('COLUMN_MISSING', `target ${schema.spec.target.column} is not a column of the data`);
  }
  const conformed = conformTable(table, schema, 'data');
  const encoded = encodeTarget(table, schema.spec.target);
  const side = (name: string | undefined) => (name === undefined ? undefined : readColumn(table, name));
  return {
    table: conformed,
    spec: { ...schema.spec, target: encoded.target },
    target: encoded.values,
    nClasses: encoded.nClasses,
    weights: request.weights === undefined ? undefined : readWeights(table, request.weights),
    groups: side(validation.group),
    times: side(validation.time),
    warnings: warningsOf(schema.spec),
  };
}

function resolveSchema(table: ColumnTable, request: TrainRequest, { group, time }: Validation): FeatureSchema {
  const declared = request.features;
  const target = request.target;
  if (declared === undefined) {
    if (target === undefined)
      throw new TabwrightError('TARGET_INVALID', 'train: give features with a target, or target: { column }');
    const exclude = [request.weights, group, time].filter((name) => name !== undefined);
    return inferFeatures(table, { target, exclude });
  }
  if (target === undefined) return declared;
  const task = target.task ?? declared.spec.target?.task;
  if (task === undefined)
    throw new TabwrightError('TARGET_INVALID', 'train: target.task is needed where the features are declared');
  const positive = target.positive === undefined ? {} : { positive: target.positive };
  return { ...declared, spec: { ...declared.spec, target: { column: target.column, task, ...positive } } };
}

/** A feature that is the target would be a perfect predictor; weights are no features either. */
function refuseLeaks({ fields }: FeatureSpec, target: string, weights: string | undefined): void {
  for (const [role, name] of [
    ['target', target],
    ['weights', weights],
  ]) {
    if (fields.every((field) => field.name !== name)) continue;
    throw new TabwrightError('SCHEMA_INVALID', `${role} ${name} must not be a feature too`);
  }
}

function readWeights(table: ColumnTable, name: string): Float64Array {
  const column = readColumn(table, name);
  if (!(column instanceof Float64Array))
    throw new TabwrightError('COLUMN_INVALID', `weights ${name} must be a column of numbers`);
  const row = column.findIndex((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY));
  if (row !== -1)
    throw new TabwrightError(
      'VALUE_INVALID',
      `weights ${name} must be finite and >= 0 in every row, broken in row ${row}`,
    );
  if (column.every((weight) => weight === 0))
    throw new TabwrightError('VALUE_INVALID', `weights ${name} must not be 0 in every row`);
  return column;
}

function warningsOf(spec: FeatureSpec): string[] {
  return (spec.ignored ?? []).map(({ name, reason }) => `column ${name} is no feature: ${reason}`);
}
