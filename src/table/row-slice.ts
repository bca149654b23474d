import type { ColumnTable } from 'arquero';
import { BooleanColumn } from './boolean-column.js';
import type { Column } from './column.js';
import { DateColumn } from './date-column.js';
import { DictionaryColumn } from './dictionary-column.js';
import { makeTable } from './make-table.js';
import { readColumn } from './read-column.js';

/** The rows from one to before another, columns being views of those given. */
export function rowSlice(table: ColumnTable, from: number, to: number): ColumnTable {
  return makeTable(table.columnNames().map((name) => [name, sliced(readColumn(table, name), from, to)] as const));
}

function sliced(column: Column, from: number, to: number): Column {
  if (column instanceof DictionaryColumn) return new DictionaryColumn(column.codes.subarray(from, to), column.values);
  if (column instanceof BooleanColumn) return new BooleanColumn(column.codes.subarray(from, to));
  if (column instanceof DateColumn) return new DateColumn(column.epochMs.subarray(from, to));
  return column.subarray(from, to);
}
