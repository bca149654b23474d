import { BooleanColumn } from './boolean-column.js';
import type { Column } from './column.js';
import { DateColumn } from './date-column.js';
import { DictionaryColumn } from './dictionary-column.js';

/** A column of these rows (zero-based positions, in this order, repeats allowed), copied. */
export function takeCells(column: Column, rows: Uint32Array): Column {
  if (column instanceof DictionaryColumn) {
    return new DictionaryColumn(gather(column.codes, new Int32Array(rows.length), rows), column.values);
  }
  if (column instanceof BooleanColumn) {
    return new BooleanColumn(gather(column.codes, new Int8Array(rows.length), rows));
  }
  if (column instanceof DateColumn) {
    return new DateColumn(gather(column.epochMs, new Float64Array(rows.length), rows));
  }
  return gather(column, new Float64Array(rows.length), rows);
}

function gather<T extends { [index: number]: number }>(from: T, to: T, rows: Uint32Array): T {
  for (let i = 0; i < rows.length; i++) to[i] = from[rows[i] as number] as number;
  return to;
}
