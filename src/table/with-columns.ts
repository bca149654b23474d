import type { ColumnTable } from 'arquero';
import type { Column } from './column.js';

/**
 * A table with columns removed and others set: a set column takes the place of one of its name, or is appended. Columns
 * are kept by reference. Makes the table through the one given, so that nothing here loads arquero.
 */
export function withColumns(
  table: ColumnTable,
  set: Iterable<readonly [string, Column]>,
  remove: Iterable<string> = [],
): ColumnTable {
  const data: Record<string, unknown> = { ...(table.data() as Record<string, unknown>) };
  const columns = new Map(table.columnNames().map((name) => [name, data[name]]));
  for (const name of remove) columns.delete(name);
  for (const [name, column] of set) columns.set(name, column);
  const replaced = {
    data: Object.fromEntries(columns),
    names: [...columns.keys()],
    filter: null,
    order: null,
    groups: null,
  };
  return table.create(replaced as unknown as Parameters<ColumnTable['create']>[0]);
}
