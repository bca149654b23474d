// Rows that came in another's protocol: bounded, scored as a whole, counted and told of like any other batch.
import { setImmediate } from 'node:timers/promises';
import type { ColumnTable } from 'arquero';
import type { Prediction } from '../../core/predictor.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { PredictContext } from '../predict-context.js';
import { predictOrRefuse, rowIds } from '../predict-context.js';
import type { ServedModel } from '../served-models.js';

/** Rows as objects or as a table. */
export type GivenRows =
  | { readonly rows: readonly Readonly<Record<string, unknown>>[] }
  | { readonly table: ColumnTable };

/** Batches of this many rows take milliseconds a step: others get their turn between. */
const LARGE_BATCH = 1000;

/**
 * Scores rows by a model.
 * @param id of the batch, whose rows are `<id>-<row>`
 * @throws BODY_TOO_LARGE for too many rows, and what the predictor throws
 */
export async function scoreRows(
  context: PredictContext,
  { name, predictor }: ServedModel,
  given: GivenRows,
  id: string,
): Promise<readonly Prediction[]> {
  const { options, metrics, observer } = context;
  const nRows = 'rows' in given ? given.rows.length : given.table.numRows();
  if (nRows > options.maxBatchRows) {
    throw new TabwrightError('BODY_TOO_LARGE', `a batch must have at most ${options.maxBatchRows} rows, got ${nRows}`);
  }
  if (nRows >= LARGE_BATCH) await setImmediate();
  const predictions = predictOrRefuse(context, name, () =>
    'rows' in given ? predictor.predictBatch(given.rows) : predictor.predictTable(given.table),
  );
  metrics.predicted(name, nRows);
  metrics.batch(name, nRows);
  const idOf = rowIds(id);
  if ('table' in given) {
    observer?.predictedTable(name, idOf, given.table, predictions);
  } else {
    for (const [i, row] of given.rows.entries()) observer?.predicted(name, idOf(i), row, predictions[i] as Prediction);
  }
  if (nRows >= LARGE_BATCH) await setImmediate();
  return predictions;
}
