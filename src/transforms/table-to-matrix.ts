// From a table of raw columns to what a model takes; the table twin of row-encoder.ts, with the same bits.
import type { ColumnTable } from 'arquero';
import type { FeatureMatrix } from '../core/feature-matrix.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { FittedTransformer } from '../core/transformer.js';
import { BooleanColumn } from '../table/boolean-column.js';
import type { Column } from '../table/column.js';
import { plainTable } from '../table/plain-table.js';
import { readColumn } from '../table/read-column.js';
import { columnKind } from './column-kind.js';
import { columnNumbers } from './column-numbers.js';
import { encodedFeatures } from './encoded-features.js';

/**
 * Runs a fitted pipeline on a table and takes the result as a matrix.
 * @param columns The raw feature columns, in the order that decides the order of the features; every column of the table
 * where absent. Others in the table are left out.
 * @returns Float64Array columns [nRows]; numeric columns that no step wrote are the table's own
 * @throws COLUMN_MISSING
 * @throws COLUMN_INVALID where a column still holds strings or dates after the last step
 */
export function tableToMatrix(
  fitted: FittedTransformer,
  table: ColumnTable,
  columns: readonly string[] = table.columnNames(),
): FeatureMatrix {
  return transformedMatrix(fitted, fitted.transform(plainTable(table)), columns);
}

/** The matrix of a table that the pipeline was applied to already. @throws COLUMN_INVALID as tableToMatrix */
export function transformedMatrix(
  fitted: FittedTransformer,
  transformed: ColumnTable,
  columns: readonly string[],
): FeatureMatrix {
  const features = encodedFeatures(fitted, columns);
  return {
    nRows: transformed.numRows(),
    features,
    columns: features.map(({ name }) => matrixColumn(readColumn(transformed, name), name)),
  };
}

function matrixColumn(column: Column, name: string): Float64Array {
  if (column instanceof Float64Array || column instanceof BooleanColumn) return columnNumbers(column, 'features', name);
  const kind = columnKind(column);
  if (kind === 'nothing') return columnNumbers(column, 'features', name);
  const advice = kind === 'strings' ? 'add oneHot or ordinal to the pipeline, or leave the column out' : 'leave it out';
  throw new TabwrightError('COLUMN_INVALID', `column ${name} still holds ${kind} after the pipeline: ${advice}`);
}
