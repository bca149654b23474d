import type { Tree } from '../tree.js';
import type { TreeEnsemble } from './tree-ensemble.js';

/**
 * How a split counts: `gain` by the loss it took away, `split` as 1, `cover` by the sum of hessians that reached it. All are totals
 * over the trees, as LightGBM's `gain` and `split` and XGBoost's `total_gain`, `weight` and `total_cover`.
 */
export type ImportanceKind = 'gain' | 'split' | 'cover';

const SPLIT_WEIGHT: Readonly<Record<ImportanceKind, (tree: Tree, node: number) => number>> = {
  gain: (tree, node) => tree.gain[node] as number,
  split: () => 1,
  cover: (tree, node) => tree.nodeCover[node] as number,
};

/** Importance of each feature, Float64Array [nFeatures]; 0 for a feature that no node tests. */
export function featureImportance({ trees, nFeatures }: TreeEnsemble, kind: ImportanceKind): Float64Array {
  const importance = new Float64Array(nFeatures);
  for (const tree of trees) {
    for (const [node, feature] of tree.splitFeature.entries()) {
      importance[feature] = (importance[feature] as number) + SPLIT_WEIGHT[kind](tree, node);
    }
  }
  return importance;
}
