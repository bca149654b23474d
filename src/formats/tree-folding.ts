// Trees reshaped for formats that can say less than ours, with the same scores.
import type { TreeEnsemble } from '../boosting/scoring/tree-ensemble.js';
import type { Tree } from '../boosting/tree.js';
import { singleLeaf } from './tree-builder.js';

/**
 * The trees with each output's base score in the leaves of its first tree, whose sums start there: the same bits as base score
 * plus leaf. An output without trees gets one of a single leaf.
 */
export function treesWithBase({ trees, nOutputs, baseScore, sumPrecision }: TreeEnsemble): Tree[] {
  if (trees.length === 0) return Array.from(baseScore, singleLeaf);
  const rounded = sumPrecision === 'float32' ? Math.fround : (value: number): number => value;
  return trees.map((tree, t) => {
    if (t >= nOutputs) return tree;
    const base = baseScore[t] as number;
    return { ...tree, leafValue: tree.leafValue.map((value) => rounded(base + value)) };
  });
}
