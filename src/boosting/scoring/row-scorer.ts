import { compiledRowScorer } from './compiled-row-scorer.js';
import { flatRowScorer } from './flat-row-scorer.js';
import type { TreeEnsemble } from './tree-ensemble.js';

/**
 * Writes the raw scores of one row, with no allocation.
 * @param values Float64Array [nFeatures]; NaN is missing, a categorical feature's value is a level position
 * @param out Float64Array [nOutputs]
 */
export type RowScorer = (values: Float64Array, out: Float64Array) => void;

/** The fastest row scorer that the host allows. The ensemble must have passed `checkTreeEnsemble`. */
export function rowScorer(ensemble: TreeEnsemble): RowScorer {
  return compiledRowScorer(ensemble) ?? flatRowScorer(ensemble);
}
