import type { Cell } from '../core/cell.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { valueKind } from '../core/value-kind.js';

/**
 * A cell of a numeric column as a number: booleans as 0 and 1, missing as NaN.
 * @throws VALUE_INVALID for a string or a date
 */
export function cellNumber(cell: Cell, step: string, column: string): number {
  if (typeof cell === 'number') return cell;
  if (cell === null || cell === undefined) return Number.NaN;
  if (typeof cell === 'boolean') return cell ? 1 : 0;
  throw new TabwrightError('VALUE_INVALID', `${step}: column ${column} must be a number, got ${valueKind(cell)}`);
}
