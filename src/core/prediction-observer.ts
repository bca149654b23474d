// The contract of whoever watches a model in production: told of every answer, never in its way.
import type { ColumnTable } from 'arquero';
import type { Prediction } from './predictor.js';
import type { Problem } from './problem.js';

/**
 * Told about predictions once they are made and before they are sent. Methods return within microseconds and never throw: what
 * is slow (a disk, a database) happens behind a bounded buffer.
 */
export interface PredictionObserver {
  /**
   * One scored row.
   * @param model the name that paths call the model; the prediction names the registered model and its version
   * @param id of the prediction, by which its true label comes back
   * @param row as it was sent, valid under the model's schema
   */
  predicted(model: string, id: string, row: Readonly<Record<string, unknown>>, prediction: Prediction): void;
  /** The rows of a table, in order; `idOf` gives the id of the row at a position. */
  predictedTable(
    model: string,
    idOf: (row: number) => string,
    table: ColumnTable,
    predictions: readonly Prediction[],
  ): void;
  /** Rows that were refused: every broken rule by column. */
  refused(model: string, problems: readonly Problem[]): void;
}
