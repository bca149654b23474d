import type { ColumnTable } from 'arquero';
import { readColumn } from '../../src/table/read-column.js';

/** The cells of a table by column, in the order of its columns. Missing numbers are NaN, other missing cells null. */
export function tableCells(table: ColumnTable): Record<string, unknown[]> {
  return Object.fromEntries(table.columnNames().map((name) => [name, [...readColumn(table, name)]]));
}
