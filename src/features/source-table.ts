import type { ColumnTable } from 'arquero';
import { TabwrightError } from '../core/tabwright-error.js';
import { plainTable } from '../table/plain-table.js';

/** The table of a source, plain. @throws OPTION_INVALID where it is not given */
export function sourceTable(tables: Readonly<Record<string, ColumnTable>>, name: string): ColumnTable {
  const table = Object.hasOwn(tables, name) ? tables[name] : undefined;
  if (table === undefined) throw new TabwrightError('OPTION_INVALID', `view: table ${name} must be given`);
  return plainTable(table);
}
