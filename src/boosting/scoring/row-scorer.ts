import { flatRowScorer } from './flat-row-scorer.js';
import { kernelRowScorer } from './kernel-row-scorer.js';
import type { RowScorer } from './scorer.js';
import type { TreeEnsemble } from './tree-ensemble.js';

/** The fastest row scorer that the host allows. The ensemble must have passed `checkTreeEnsemble`. */
export function rowScorer(ensemble: TreeEnsemble): RowScorer {
  return kernelRowScorer(ensemble) ?? flatRowScorer(ensemble);
}
