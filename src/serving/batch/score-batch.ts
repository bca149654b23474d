// Scores a batch piece by piece, and tells metrics and the observer what came of it.
import type { ColumnTable } from 'arquero';
import { isTabwrightError } from '../../core/is-tabwright-error.js';
import type { PredictionObserver } from '../../core/prediction-observer.js';
import type { Prediction } from '../../core/predictor.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { TimeSlice } from '../../core/time-slice.js';
import type { RefusedRow, RowErrors, ScoredRows } from '../../prediction/score-table.js';
import { scoreRows, scoreTable } from '../../prediction/score-table.js';
import type { PredictContext } from '../predict-context.js';
import type { ServedModel } from '../served-models.js';
import type { BatchPiece } from './read-batch.js';

/** Some scored rows of a batch. */
export interface ScoredPiece extends ScoredRows {
  /** Position of the first in the batch. */
  readonly firstRow: number;
}

/** How to score. */
export interface BatchScoring {
  readonly model: ServedModel;
  readonly errors: RowErrors;
  /** Most rows of the batch; any number where undefined. */
  readonly maxRows: number | undefined;
  readonly idOf: (row: number) => string;
  readonly slice: TimeSlice;
}

/** Pieces of this many rows take milliseconds a step: between steps, other requests have their turn. */
const LARGE_PIECE = 1000;

/** @throws BODY_TOO_LARGE, what reading throws, and what the predictor throws unless rows are refused alone */
export async function* scoreBatch(
  { observer, metrics }: PredictContext,
  pieces: AsyncIterable<BatchPiece>,
  { model: { name, predictor }, errors, maxRows, idOf, slice }: BatchScoring,
): AsyncGenerator<ScoredPiece> {
  let firstRow = 0;
  try {
    for await (const piece of pieces) {
      const nRows = piece.kind === 'rows' ? piece.rows.length : piece.table.numRows();
      if (maxRows !== undefined && firstRow + nRows > maxRows) throw tooMany(maxRows);
      if (nRows >= LARGE_PIECE) await slice.pause();
      const options = { errors, firstRow, slice };
      const scored =
        piece.kind === 'rows'
          ? await scoreRows(predictor, piece.rows, options)
          : await scoreTable(predictor, piece.table, options);
      metrics.predicted(name, nRows - scored.refused.length);
      if (observer !== undefined) await tell(observer, name, piece, { ...scored, firstRow }, idOf);
      if (nRows >= LARGE_PIECE) await slice.pause();
      yield { ...scored, firstRow };
      firstRow += nRows;
    }
  } catch (error) {
    if (isTabwrightError(error) && error.problems.length > 0) observer?.refused(name, error.problems);
    throw error;
  }
  metrics.batch(name, firstRow);
}

function tooMany(maxRows: number): TabwrightError {
  return new TabwrightError('BODY_TOO_LARGE', `a batch must have at most ${maxRows} rows, got more`);
}

async function tell(
  observer: PredictionObserver,
  model: string,
  piece: BatchPiece,
  { predictions, refused, firstRow }: ScoredPiece,
  idOf: (row: number) => string,
): Promise<void> {
  for (const { problems } of refused) observer.refused(model, problems);
  if (piece.kind === 'rows') {
    for (const [i, prediction] of predictions.entries()) {
      const row = piece.rows[i];
      if (prediction !== undefined && row !== undefined) observer.predicted(model, idOf(firstRow + i), row, prediction);
    }
    return;
  }
  const kept = await keptRows(piece.table, predictions, refused);
  observer.predictedTable(model, (row) => idOf(firstRow + kept.position(row)), kept.table, kept.predictions);
}

/** The rows that have a prediction. */
async function keptRows(
  table: ColumnTable,
  predictions: readonly (Prediction | undefined)[],
  refused: readonly RefusedRow[],
): Promise<{ table: ColumnTable; predictions: readonly Prediction[]; position: (row: number) => number }> {
  const found = predictions.filter((prediction) => prediction !== undefined);
  if (refused.length === 0) return { table, predictions: found, position: (row) => row };
  const { takeRows } = await import('../../table/take-rows.js');
  const rows = Uint32Array.from([...predictions.keys()].filter((row) => predictions[row] !== undefined));
  return { table: takeRows(table, rows), predictions: found, position: (row) => rows[row] as number };
}
