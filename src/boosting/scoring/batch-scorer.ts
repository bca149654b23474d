import type { FeatureColumn } from '../../core/feature-matrix.js';
import { quickScorer } from './quick-scorer.js';
import { rowScorer } from './row-scorer.js';
import type { BatchScorer, RowScorer } from './scorer.js';
import type { TreeEnsemble } from './tree-ensemble.js';

/** Rows after which planning a batch scorer has paid: until then they are scored one at a time. */
const ROWS_BEFORE_PLAN = 2000;

/**
 * The fastest batch scorer that the host allows; made when enough rows have come, so that a few rows cost no more than themselves.
 * The ensemble must have passed `checkTreeEnsemble`.
 */
export function batchScorer(ensemble: TreeEnsemble): BatchScorer {
  let scorer: BatchScorer | undefined;
  let nScored = 0;
  return (columns, nRows, out) => {
    const few = nScored < ROWS_BEFORE_PLAN;
    nScored += nRows;
    if (few && nScored >= ROWS_BEFORE_PLAN) scorer = quickScorer(ensemble);
    scorer ??= rowByRowScorer(ensemble, rowScorer(ensemble));
    scorer(columns, nRows, out);
  };
}

/** A batch scorer that copies each row out of the columns and scores it. */
export function rowByRowScorer({ nFeatures, nOutputs }: TreeEnsemble, scoreRow: RowScorer): BatchScorer {
  const values = new Float64Array(nFeatures);
  return (columns, nRows, out) => {
    for (let row = 0; row < nRows; row++) {
      for (let f = 0; f < nFeatures; f++) values[f] = (columns[f] as FeatureColumn)[row] as number;
      scoreRow(values, out.subarray(row * nOutputs, (row + 1) * nOutputs));
    }
  };
}
