import { booleanValues } from './boolean-values.js';
import type { ColumnValues } from './column-values.js';
import { numberValues } from './number-values.js';
import { textValues } from './text-values.js';
import type { ValueType } from './value-type.js';

/** Room for the values of a number of rows. */
export function newColumnValues(type: ValueType, nRows: number): ColumnValues {
  if (type.kind === 'string') return textValues(type, nRows);
  return type.kind === 'boolean' ? booleanValues(nRows) : numberValues(type, nRows);
}
