// Rows that wait to be scored a second time: a bounded list, worked off in slices of a millisecond between other work.
import type { ColumnTable } from 'arquero';
import type { Prediction, Predictor } from '../core/predictor.js';
import { takeRows } from '../table/take-rows.js';

/** Who is told what becomes of the rows. */
export interface ComparisonListener {
  compared(primary: Prediction, shadow: Prediction): void;
  /** Rows, by the primary's predictions, that the shadow of a version could not score. */
  failed(predictions: readonly Prediction[], version: number, error: unknown): void;
  /** Rows that are not compared, since too many wait. */
  dropped(predictions: readonly Prediction[]): void;
}

/** Scored rows in the form that they came in. */
type Scored<Row> = { readonly predictions: readonly Prediction[] } & (
  | { readonly rows: readonly Row[] }
  | { readonly table: ColumnTable }
);

/** The queue. */
export interface ComparisonQueue<Row> {
  /** Takes rows to compare, or drops them; returns at once either way, and never throws. */
  add(scored: Scored<Row>): void;
  /** Resolves once nothing waits. */
  flush(): Promise<void>;
}

const SLICE_MS = 1;
/** Rows of a table that are scored in one go. */
const CHUNK_ROWS = 64;

/** Makes an empty queue for at most `maxRows` rows. */
export function comparisonQueue<Row>(
  shadow: Predictor<Row>,
  maxRows: number,
  listener: ComparisonListener,
): ComparisonQueue<Row> {
  const waiting: { readonly scored: Scored<Row>; next: number }[] = [];
  let nWaiting = 0;
  let working: Promise<void> | undefined;

  /** Scores some rows of the first entry, and takes it out after its last. */
  function step(): void {
    const entry = waiting[0] as (typeof waiting)[number];
    const { scored, next } = entry;
    const end = Math.min(scored.predictions.length, 'rows' in scored ? next + 1 : next + CHUNK_ROWS);
    entry.next = end;
    nWaiting -= end - next;
    if (end === scored.predictions.length) waiting.shift();
    let answers: readonly Prediction[];
    try {
      answers = again(shadow, scored, next, end);
    } catch (error) {
      listener.failed(scored.predictions.slice(next, end), shadow.current.version, error);
      return;
    }
    answers.forEach((answer, i) => {
      listener.compared(scored.predictions[next + i] as Prediction, answer);
    });
  }

  async function work(): Promise<void> {
    while (nWaiting > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      const end = performance.now() + SLICE_MS;
      do step();
      while (nWaiting > 0 && performance.now() < end);
    }
    working = undefined;
  }

  return {
    add(scored) {
      const nRows = scored.predictions.length;
      if (nRows === 0) return;
      if (nWaiting + nRows > maxRows) {
        listener.dropped(scored.predictions);
        return;
      }
      waiting.push({ scored, next: 0 });
      nWaiting += nRows;
      working ??= work();
    },
    flush: async () => working,
  };
}

function again<Row>(shadow: Predictor<Row>, scored: Scored<Row>, from: number, to: number): readonly Prediction[] {
  if ('rows' in scored) return [shadow.predictOne(scored.rows[from] as Row)];
  return shadow.predictTable(
    takeRows(
      scored.table,
      Uint32Array.from({ length: to - from }, (_, i) => from + i),
    ),
  );
}
