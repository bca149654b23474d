import { TabwrightError } from '../core/tabwright-error.js';
import { BooleanColumn } from '../table/boolean-column.js';
import type { Column } from '../table/column.js';
import { columnKind } from './column-kind.js';

/**
 * A column as numbers [nRows]: a numeric column by reference, booleans as 0 and 1, missing as NaN.
 * @throws COLUMN_INVALID for strings and dates
 */
export function columnNumbers(column: Column, step: string, name: string): Float64Array {
  if (column instanceof Float64Array) return column;
  if (column instanceof BooleanColumn) {
    return new Float64Array(column.codes).map((code) => (code < 0 ? Number.NaN : code));
  }
  const kind = columnKind(column);
  if (kind === 'nothing') return new Float64Array(column.length).fill(Number.NaN);
  throw new TabwrightError('COLUMN_INVALID', `${step}: column ${name} must hold numbers or booleans, got ${kind}`);
}
