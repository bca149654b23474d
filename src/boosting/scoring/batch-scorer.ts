import type { FeatureColumn } from '../../core/feature-matrix.js';
import { quickScorer } from './quick-scorer.js';
import { rowScorer } from './row-scorer.js';
import type { BatchScorer, RowScorer } from './scorer.js';
import type { TreeEnsemble } from './tree-ensemble.js';

/** The fastest batch scorer that the host allows. The ensemble must have passed `checkTreeEnsemble`. */
export function batchScorer(ensemble: TreeEnsemble): BatchScorer {
  return quickScorer(ensemble) ?? rowByRowScorer(ensemble, rowScorer(ensemble));
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
