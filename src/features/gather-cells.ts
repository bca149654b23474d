import { BooleanColumn } from '../table/boolean-column.js';
import type { Column } from '../table/column.js';
import { DateColumn } from '../table/date-column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';

/** A column of the cells in these rows; missing where a row is -1. */
export function gatherCells(column: Column, rows: Int32Array): Column {
  if (column instanceof DictionaryColumn) {
    return new DictionaryColumn(gather(column.codes, new Int32Array(rows.length), rows, -1), column.values);
  }
  if (column instanceof BooleanColumn) {
    return new BooleanColumn(gather(column.codes, new Int8Array(rows.length), rows, -1));
  }
  if (column instanceof DateColumn) {
    return new DateColumn(gather(column.epochMs, new Float64Array(rows.length), rows, Number.NaN));
  }
  return gather(column, new Float64Array(rows.length), rows, Number.NaN);
}

function gather<T extends { [index: number]: number }>(from: T, to: T, rows: Int32Array, missing: number): T {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    to[i] = row === -1 ? missing : (from[row] as number);
  }
  return to;
}
