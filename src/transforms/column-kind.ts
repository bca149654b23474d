import { BooleanColumn } from '../table/boolean-column.js';
import type { Column } from '../table/column.js';
import { DateColumn } from '../table/date-column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';

/** What a column holds, in the plural for messages; `nothing` where every cell is missing, whatever the column's type. */
export type ColumnKind = 'numbers' | 'booleans' | 'strings' | 'dates' | 'nothing';

/** The kind of a column's values. */
export function columnKind(column: Column): ColumnKind {
  if (column instanceof DictionaryColumn) return column.codes.some((code) => code >= 0) ? 'strings' : 'nothing';
  if (column instanceof BooleanColumn) return column.codes.some((code) => code >= 0) ? 'booleans' : 'nothing';
  if (column instanceof DateColumn) return hasNumber(column.epochMs) ? 'dates' : 'nothing';
  return hasNumber(column) ? 'numbers' : 'nothing';
}

function hasNumber(values: Float64Array): boolean {
  return values.some((value) => !Number.isNaN(value));
}
