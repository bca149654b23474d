// Instants as numbers, from a column and from a cell: the two ways in of every step that reads dates.
import type { Cell } from '../core/cell.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { valueKind } from '../core/value-kind.js';
import type { Column } from '../table/column.js';
import { DateColumn } from '../table/date-column.js';
import { columnKind } from './column-kind.js';

/** Float64Array [nRows] of epoch milliseconds, NaN for missing. @throws COLUMN_INVALID for anything but dates */
export function columnInstants(column: Column, step: string, name: string): Float64Array {
  if (column instanceof DateColumn) return column.epochMs;
  const kind = columnKind(column);
  if (kind === 'nothing') return new Float64Array(column.length).fill(Number.NaN);
  throw new TabwrightError('COLUMN_INVALID', `${step}: column ${name} must hold dates, got ${kind}`);
}

/** Epoch milliseconds of a date, or of a number that is them already; NaN for missing. @throws VALUE_INVALID for others */
export function cellInstant(cell: Cell, step: string, column: string): number {
  if (typeof cell === 'number') return cell;
  if (cell === null || cell === undefined) return Number.NaN;
  if (cell instanceof Date) return cell.getTime();
  throw new TabwrightError('VALUE_INVALID', `${step}: column ${column} must be a date, got ${valueKind(cell)}`);
}
