import { parseDateTime } from '../date-time-parser.js';
import { exactDecimal, exactNumber, isInteger } from '../exact-number.js';
import type { ValueType } from './value-type.js';

const BOOLEANS: ReadonlyMap<unknown, number> = new Map<unknown, number>([
  [true, 1],
  ['t', 1],
  ['true', 1],
  [false, 0],
  ['f', 0],
  ['false', 0],
]);

/** The type of the column that a cell would start; undefined for lists and objects. */
export function cellType(cell: unknown): ValueType | undefined {
  if (typeof cell === 'bigint') return 'number';
  if (cell instanceof Date) return 'datetime';
  return typeof cell === 'number' || typeof cell === 'boolean' || typeof cell === 'string'
    ? (typeof cell as ValueType)
    : undefined;
}

/**
 * A cell as a column of this type holds it: text in one of strings, else a number; undefined where it does not fit.
 * @param rounds whether long integers become the nearest double
 */
export function sqlCell(cell: unknown, type: ValueType, rounds: boolean): string | number | undefined {
  switch (type) {
    case 'number':
      return typeof cell === 'number' ? cell : (exact(cell) ?? (rounds ? rounded(cell) : undefined));
    case 'boolean':
      return BOOLEANS.get(cell);
    case 'datetime':
      return instant(cell);
    case 'string':
      if (cell instanceof Date) return cell.toISOString();
      return cellType(cell) === undefined ? undefined : String(cell);
  }
}

function exact(cell: unknown): number | undefined {
  if (typeof cell === 'bigint') return exactNumber(cell);
  return typeof cell === 'string' ? exactDecimal(cell) : undefined;
}

function rounded(cell: unknown): number | undefined {
  return isInteger(cell) ? Number(cell) : undefined;
}

function instant(cell: unknown): number | undefined {
  const ms = typeof cell === 'string' ? parseText(cell) : cell instanceof Date ? cell.getTime() : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

function parseText(text: string): number {
  const bytes = Buffer.from(text);
  return parseDateTime(bytes, 0, bytes.length);
}
