// Scores any number of rows in slices that leave the event loop free, row by row where some rows are refused.
import type { ColumnTable } from 'arquero';
import { isTabwrightError } from '../core/is-tabwright-error.js';
import type { Prediction, Predictor } from '../core/predictor.js';
import type { Problem } from '../core/problem.js';
import type { TabwrightError } from '../core/tabwright-error.js';
import type { TimeSlice } from '../core/time-slice.js';
import { ProblemCollector } from '../schema/problem-collector.js';
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

/**
 * Scores a table.
 * @throws VALIDATION_FAILED, CATEGORY_UNKNOWN, VALUE_INVALID where rows are refused together; COLUMN_MISSING, CANCELLED
 */
export function scoreTable(
  predictor: Pick<Predictor, 'predictTable'>,
  table: ColumnTable,
  options: ScoreOptions,
): Promise<ScoredRows> {
  const nRows = table.numRows();
  const predict = (from: number, to: number) =>
    predictor.predictTable(from === 0 && to === nRows ? table : rowSlice(table, from, to));
  return scoreRange(nRows, predict, options);
}

/**
 * Scores row objects.
 * @throws VALIDATION_FAILED, CATEGORY_UNKNOWN, VALUE_INVALID where rows are refused together; CANCELLED
 */
export function scoreRows(
  predictor: Pick<Predictor, 'predictBatch'>,
  rows: readonly Record<string, unknown>[],
  options: ScoreOptions,
): Promise<ScoredRows> {
  return scoreRange(rows.length, (from, to) => predictor.predictBatch(rows.slice(from, to)), options);
}

async function scoreRange(
  nRows: number,
  predict: (from: number, to: number) => readonly Prediction[],
  { errors, firstRow, slice }: ScoreOptions,
): Promise<ScoredRows> {
  const predictions: (Prediction | undefined)[] = [];
  const refused: RefusedRow[] = [];
  const problems = new ProblemCollector();
  let size = FIRST_ROWS;
  for (let from = 0; from < nRows; ) {
    const to = Math.min(from + size, nRows);
    const start = performance.now();
    await score(from, to);
    size = nextSize(to - from, performance.now() - start);
    from = to;
    if (from < nRows && slice.due()) await slice.pause();
  }
  problems.throwIfAny('rows');
  return { predictions, refused };

  /** Halves a range with refused rows until they stand alone, or gathers what is wrong with all of them. */
  async function score(from: number, to: number): Promise<void> {
    try {
      for (const prediction of predict(from, to)) predictions.push(prediction);
    } catch (error) {
      if (!isAboutRows(error)) throw error;
      if (errors === 'refuse') {
        if (error.problems.length === 0) throw error;
        for (const problem of error.problems) addMoved(problems, problem, firstRow + from);
        return;
      }
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
function refusal(error: TabwrightError, row: number): RefusedRow {
  const { code, message } = error;
  const problems = error.problems.map((problem) => ({ ...problem, count: 1, rows: [row] }));
  const other = { column: '', rule: message, kind: code, count: 1, rows: [row] };
  return { row, problems: problems.length > 0 ? problems : [other] };
}

/** Whether an error is about the values of some rows: others may be fine. */
function isAboutRows(error: unknown): error is TabwrightError {
  if (!isTabwrightError(error) || !ROW_CODES.includes(error.code)) return false;
  return !error.problems.some(({ rule }) => rule === NO_COLUMN);
}

/** Adds a problem of rows that stand further down. */
function addMoved(problems: ProblemCollector, { column, rule, kind, count, rows }: Problem, firstRow: number): void {
  const [first = 0, ...others] = rows;
  problems.add(column, rule, kind, first + firstRow, count - others.length);
  for (const row of others) problems.add(column, rule, kind, row + firstRow);
}

function nextSize(nRows: number, tookMs: number): number {
  const wanted = Math.round((nRows * AIM_MS) / Math.max(tookMs, 0.01));
  return Math.min(MAX_ROWS, Math.max(1, Math.min(wanted, 4 * nRows)));
}
