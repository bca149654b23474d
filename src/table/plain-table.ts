import type { ColumnTable } from 'arquero';

/** The table with its filter and order carried out, so that column positions are row numbers; itself where it has neither. */
export function plainTable(table: ColumnTable): ColumnTable {
  return table.isFiltered() || table.isOrdered() ? table.reify() : table;
}
