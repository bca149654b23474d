// Sizes of the bit sets that categorical nodes test.
import type { Tree } from '../tree.js';
import type { TreeEnsemble } from './tree-ensemble.js';

/** Bits of the largest set of each feature, a multiple of 32 and 0 for a feature that no node tests so, Uint32Array [nFeatures]. */
export function levelCounts({ trees, nFeatures }: TreeEnsemble): Uint32Array {
  const counts = new Uint32Array(nFeatures);
  for (const tree of trees) {
    for (const [node, feature] of tree.splitFeature.entries()) {
      counts[feature] = Math.max(counts[feature] as number, 32 * categoryWords(tree, node).length);
    }
  }
  return counts;
}

/** The bit set of a node, empty where it is numeric. */
export function categoryWords({ categoryBits, categoryStart }: Tree, node: number): Uint32Array {
  return categoryBits.subarray(categoryStart[node], categoryStart[node + 1]);
}
