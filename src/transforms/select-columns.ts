// Which columns a step takes: named, or by what they hold when it is fitted.
import type { ColumnTable } from 'arquero';
import { TabwrightError } from '../core/tabwright-error.js';
import { BooleanColumn } from '../table/boolean-column.js';
import type { Column } from '../table/column.js';
import { DateColumn } from '../table/date-column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';
import { plainTable } from '../table/plain-table.js';
import { readColumn } from '../table/read-column.js';

const KEYWORDS = ['numeric', 'boolean', 'categorical', 'date', 'all'] as const;

/**
 * Columns by name, or by type when the step is fitted: `numeric` is numbers and booleans, `boolean` booleans alone,
 * `categorical` strings, `all` every one of these. Dates are chosen by `date` alone.
 */
export type ColumnChoice = readonly string[] | (typeof KEYWORDS)[number];

/** The option that every step over columns has. */
export interface ColumnOption {
  readonly columns?: ColumnChoice | undefined;
}

/** @throws OPTION_INVALID for anything but a keyword or a list of different names */
export function checkColumnChoice(step: string, choice: ColumnChoice): ColumnChoice {
  if (!Array.isArray(choice)) {
    if (KEYWORDS.some((keyword) => keyword === choice)) return choice;
    throw new TabwrightError('OPTION_INVALID', `${step}: columns must be names or one of ${KEYWORDS.join(', ')}`);
  }
  const names: readonly unknown[] = choice;
  if (!names.every((name) => typeof name === 'string') || new Set(names).size < names.length) {
    throw new TabwrightError('OPTION_INVALID', `${step}: columns must be different names`);
  }
  return Object.freeze([...choice]);
}

/**
 * The chosen columns of a table with their names, in the order of the list or of the table.
 * @throws DATA_EMPTY, COLUMN_MISSING
 */
export function selectColumns(table: ColumnTable, step: string, choice: ColumnChoice): readonly [string, Column][] {
  if (table.numRows() === 0) throw new TabwrightError('DATA_EMPTY', `${step}: the table to fit has no rows`);
  const plain = plainTable(table);
  if (typeof choice !== 'string') return choice.map((name) => [name, readColumn(plain, name)]);
  const all = plain.columnNames().map((name): [string, Column] => [name, readColumn(plain, name)]);
  return all.filter(([, column]) => matches(column, choice));
}

function matches(column: Column, keyword: (typeof KEYWORDS)[number]): boolean {
  if (column instanceof DateColumn) return keyword === 'date';
  if (keyword === 'all') return true;
  if (column instanceof DictionaryColumn) return keyword === 'categorical';
  return keyword === 'numeric' || (keyword === 'boolean' && column instanceof BooleanColumn);
}
