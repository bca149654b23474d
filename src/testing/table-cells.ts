import type { ColumnTable } from 'arquero';
import type { Cell } from '../core/cell.js';
import { readColumn } from '../table/read-column.js';

/** The cells of these columns row by row, in a form that compares to the bit: missing is null, dates are instants. */
export function tableCells(table: ColumnTable, names: readonly string[] = table.columnNames()): readonly Cell[][] {
  const columns = names.map((name) => readColumn(table, name));
  return Array.from({ length: table.numRows() }, (_, row) => columns.map((column) => comparable(column.at(row))));
}

/** A cell in the form of {@link tableCells}. */
export function comparable(cell: Cell): Cell {
  if (cell instanceof Date) return comparable(cell.getTime());
  return cell === undefined || Number.isNaN(cell) ? null : cell;
}
