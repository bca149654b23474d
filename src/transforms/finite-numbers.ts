import { TabwrightError } from '../core/tabwright-error.js';
import type { Column } from '../table/column.js';
import { columnNumbers } from './column-numbers.js';

/**
 * A column to learn from, as numbers with NaN for missing.
 * @throws COLUMN_INVALID for strings and dates
 * @throws VALUE_INVALID where a value is infinite, since no mean or scale would come of it
 */
export function finiteNumbers(step: string, name: string, column: Column): Float64Array {
  const numbers = columnNumbers(column, step, name);
  const row = numbers.findIndex((value) => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY);
  if (row >= 0) {
    throw new TabwrightError('VALUE_INVALID', `${step}: column ${name} must be finite, got Infinity in row ${row}`);
  }
  return numbers;
}

/** @throws VALUE_INVALID where what was learned from finite values has overflowed */
export function checkLearned(step: string, name: string, learned: number): number {
  if (Number.isFinite(learned)) return learned;
  throw new TabwrightError('VALUE_INVALID', `${step}: column ${name} holds values too large to learn from`);
}
