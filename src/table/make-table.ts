import type { ColumnTable } from 'arquero';
import { table } from 'arquero';
import { TabwrightError } from '../core/tabwright-error.js';
import type { Column } from './column.js';

/**
 * An arquero table over these columns, kept by reference, in the order of the entries.
 * @throws COLUMN_INVALID where lengths differ or names repeat (arquero itself accepts both silently), and for the name
 * `__proto__`, which arquero loses
 */
export function makeTable(columns: Iterable<readonly [string, Column]>): ColumnTable {
  const entries = [...columns];
  const nRows = entries[0]?.[1].length ?? 0;
  const names = new Set<string>();
  for (const [name, column] of entries) {
    if (column.length !== nRows) throw invalid(name, `must have ${nRows} rows, got ${column.length}`);
    if (names.has(name)) throw invalid(name, 'must not be there twice');
    if (name === '__proto__') throw invalid(name, 'must have another name');
    names.add(name);
  }
  return table(entries as [string, Float64Array][]);
}

function invalid(name: string, rule: string): TabwrightError {
  return new TabwrightError('COLUMN_INVALID', `column ${name} ${rule}`);
}
