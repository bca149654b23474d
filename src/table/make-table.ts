import type { ColumnTable } from 'arquero';
import { table } from 'arquero';
import { TabwrightError } from '../core/tabwright-error.js';
import type { Column } from './column.js';

/**
 * An arquero table over these columns, kept by reference, in the order of the entries.
 * @throws COLUMN_INVALID where lengths differ (arquero itself accepts ragged columns silently)
 */
export function makeTable(columns: Iterable<readonly [string, Column]>): ColumnTable {
  const entries = [...columns];
  const nRows = entries[0]?.[1].length ?? 0;
  for (const [name, column] of entries) {
    if (column.length !== nRows) {
      throw new TabwrightError('COLUMN_INVALID', `column ${name} must have ${nRows} rows, got ${column.length}`);
    }
  }
  return table(entries as [string, Float64Array][]);
}
