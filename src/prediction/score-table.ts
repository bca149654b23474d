// Scores a table of any length in slices that leave the event loop free, row by row where some rows are refused.
import type { ColumnTable } from 'arquero';
import { isTabwrightError } from '../core/is-tabwright-error.js';
import type { Prediction, Predictor } from '../core/predictor.js';
import type { Problem } from '../core/problem.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { TimeSlice } from '../core/time-slice.js';
import { rowSlice } from '../table/row-slice.js';

/** What happens to rows that break the schema: all are refused with them, or they alone. */
export type RowErrors = 'refuse' | 'rows';

/** A row that has no score. */
export interface RefusedRow {
  /** Zero-based position in the whole batch. */
  readonly row: number;
  readonly problems: readonly Problem[];
}

/** Rows and their scores, in order. */
export interface ScoredRows {
  /** Undefined for a refused row. */
  readonly predictions: readonly (Prediction | undefined)[];
  readonly refused: readonly RefusedRow[];
}

/** How to score. */
export interface ScoreOptions {
  readonly errors: RowErrors;
  /** Position of the first row in the whole batch, for messages. */
  readonly firstRow: number;
  readonly slice: TimeSlice;
}

const FIRST_ROWS = 1024;
const MAX_ROWS = 32_768;
/** What a slice is to take, in milliseconds: models differ a hundredfold. */
const AIM_MS = 10;
/** Codes that are about a row's values, not about the table. */
const ROW_CODES: readonly string[] = ['VALIDATION_FAILED', 'CATEGORY_UNKNOWN', 'VALUE_INVALID'];
const NO_COLUMN = 'is not a column of the table';

/** @throws VALIDATION_FAILED, CATEGORY_UNKNOWN, VALUE_INVALID where rows are refused together; COLUMN_MISSING, CANCELLED */
export async function scoreTable(
  predictor: Pick<Predictor, 'predictTable'>,
  table: ColumnTable,
  { errors, firstRow, slice }: ScoreOptions,
): Promise<ScoredRows> {
  const nRows = table.numRows();
  const predictions: (Prediction | undefined)[] = [];
  const refused: RefusedRow[] = [];
  let size = FIRST_ROWS;
  for (let from = 0; from < nRows; ) {
    const to = Math.min(from + size, nRows);
    const start = performance.now();
    await score(from, to);
    size = nextSize(to - from, performance.now() - start);
    from = to;
    if (slice.due()) await slice.pause();
  }
  return { predictions, refused };

  /** Halves a range with refused rows until they stand alone. */
  async function score(from: number, to: number): Promise<void> {
    try {
      const part = from === 0 && to === nRows ? table : rowSlice(table, from, to);
      for (const prediction of predictor.predictTable(part)) predictions.push(prediction);
    } catch (error) {
      if (!isAboutRows(error)) throw error;
      if (errors === 'refuse') throw movedBy(error, firstRow + from);
      if (slice.due()) await slice.pause();
      if (to - from === 1) {
        predictions.push(undefined);
        refused.push(refusal(error, firstRow + from));
        return;
      }
      const middle = (from + to) >> 1;
      await score(from, middle);
      await score(middle, to);
    }
  }
}

/** The refusal of one row. */
export function refusal(error: TabwrightError, row: number): RefusedRow {
  const { code, message } = error;
  const problems = error.problems.map((problem) => ({ ...problem, count: 1, rows: [row] }));
  const other = { column: '', rule: message, kind: code, count: 1, rows: [row] };
  return { row, problems: problems.length > 0 ? problems : [other] };
}

/** Whether an error is about the values of some rows: others may be fine. */
export function isAboutRows(error: unknown): error is TabwrightError {
  if (!isTabwrightError(error) || !ROW_CODES.includes(error.code)) return false;
  return !error.problems.some(({ rule }) => rule === NO_COLUMN);
}

/** The same error about rows that stand further down. */
export function movedBy(error: TabwrightError, nRows: number): TabwrightError {
  if (nRows === 0) return error;
  const problems = error.problems.map((problem) => ({ ...problem, rows: problem.rows.map((row) => row + nRows) }));
  return new TabwrightError(error.code, error.message, { problems, cause: error });
}

function nextSize(nRows: number, tookMs: number): number {
  const wanted = Math.round((nRows * AIM_MS) / Math.max(tookMs, 0.01));
  return Math.min(MAX_ROWS, Math.max(1, Math.min(wanted, 4 * nRows)));
}
