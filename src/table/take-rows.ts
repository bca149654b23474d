import type { ColumnTable } from 'arquero';
import type { Column } from './column.js';
import { readColumn } from './read-column.js';
import { takeCells } from './take-cells.js';
import { withColumns } from './with-columns.js';

/** A table of these rows (zero-based positions, in this order, repeats allowed), columns copied and typed. */
export function takeRows(table: ColumnTable, rows: Uint32Array): ColumnTable {
  const taken = table.columnNames().map((name): [string, Column] => [name, takeCells(readColumn(table, name), rows)]);
  return withColumns(table, taken, table.columnNames());
}
