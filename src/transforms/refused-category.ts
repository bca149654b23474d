import { TabwrightError } from '../core/tabwright-error.js';
import { MISSING, UNKNOWN } from './category-levels.js';

const SHOWN_ROWS = 5;

/** The error for one cell that a step refuses: its category was never seen, or it is missing. */
export function refusedCell(step: string, column: string, code: number): TabwrightError {
  return refusedRows(step, column, Int32Array.of(code), code);
}

/** The error for the rows of a column with this code, MISSING or UNKNOWN. */
export function refusedRows(step: string, column: string, codes: Int32Array, code: number): TabwrightError {
  const rows: number[] = [];
  let count = 0;
  codes.forEach((each, row) => {
    if (each !== code) return;
    count += 1;
    if (rows.length < SHOWN_ROWS) rows.push(row);
  });
  const rule = code === MISSING ? 'must not be missing' : 'must be a category seen when the step was fitted';
  const problem = { column, rule, kind: code === MISSING ? 'null' : 'category', count, rows };
  const message = `${step}: column ${column} ${rule}, broken in ${count} row${count === 1 ? '' : 's'}`;
  return new TabwrightError(code === UNKNOWN ? 'CATEGORY_UNKNOWN' : 'VALUE_INVALID', message, { problems: [problem] });
}
