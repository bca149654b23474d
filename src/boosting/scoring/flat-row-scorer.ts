// All trees of an ensemble end to end in a few arrays, walked row by row: fast without code generation or WebAssembly.
import { hasLevel } from './leaf-of.js';
import type { RowScorer } from './scorer.js';
import type { TreeEnsemble } from './tree-ensemble.js';

/** Nodes of all trees. Children `>= 0` are nodes, `< 0` are leaves `~child`, both counted over all trees. */
interface FlatTrees {
  /** Where each tree starts, as a child, Int32Array [nTrees]. */
  readonly root: Int32Array;
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly defaultLeft: Uint8Array;
  /** Left and right child side by side, Int32Array [2 * nNodes]. */
  readonly children: Int32Array;
  /** Words of each node's bit set in `categoryBits`, Int32Array [nNodes + 1]; none where the node is numeric. */
  readonly categoryStart: Int32Array;
  readonly categoryBits: Uint32Array;
  readonly leafValue: Float64Array;
}

/** A row scorer over flat arrays. The ensemble must have passed `checkTreeEnsemble`. */
export function flatRowScorer(ensemble: TreeEnsemble): RowScorer {
  const { nOutputs, baseScore } = ensemble;
  const trees = flatten(ensemble);
  const nTrees = trees.root.length;
  const float32Sum = ensemble.sumPrecision === 'float32';
  const rounded = ensemble.inputPrecision === 'float32' ? new Float32Array(ensemble.nFeatures) : undefined;
  return (values, out) => {
    rounded?.set(values);
    const inputs = rounded ?? values;
    for (let output = 0; output < nOutputs; output++) {
      let sum = baseScore[output] as number;
      for (let t = output; t < nTrees; t += nOutputs) {
        sum += trees.leafValue[flatLeaf(trees, t, inputs)] as number;
        if (float32Sum) sum = Math.fround(sum);
      }
      out[output] = sum;
    }
  };
}

/** The leaf of tree `t` that a row falls into, counted over all trees. */
function flatLeaf(trees: FlatTrees, t: number, values: Float64Array | Float32Array): number {
  const { feature, threshold, defaultLeft, children, categoryStart } = trees;
  let node = trees.root[t] as number;
  while (node >= 0) {
    const value = values[feature[node] as number] as number;
    let right: boolean;
    if (Number.isNaN(value)) right = defaultLeft[node] === 0;
    else if (categoryStart[node] === categoryStart[node + 1]) right = value > (threshold[node] as number);
    else right = !inNodeSet(trees, node, value);
    node = children[2 * node + (right ? 1 : 0)] as number;
  }
  return ~node;
}

function inNodeSet({ categoryStart, categoryBits }: FlatTrees, node: number, value: number): boolean {
  return hasLevel(categoryBits, categoryStart[node] as number, categoryStart[node + 1] as number, value);
}

function flatten({ trees }: TreeEnsemble): FlatTrees {
  const nNodes = trees.reduce((sum, tree) => sum + tree.splitFeature.length, 0);
  const nWords = trees.reduce((sum, tree) => sum + tree.categoryBits.length, 0);
  const flat: FlatTrees = {
    root: new Int32Array(trees.length),
    feature: new Int32Array(nNodes),
    threshold: new Float64Array(nNodes),
    defaultLeft: new Uint8Array(nNodes),
    children: new Int32Array(2 * nNodes),
    categoryStart: new Int32Array(nNodes + 1),
    categoryBits: new Uint32Array(nWords),
    leafValue: new Float64Array(nNodes + trees.length),
  };
  let node = 0;
  let word = 0;
  for (const [t, tree] of trees.entries()) {
    const leaf = node + t; // a tree has one leaf more than nodes
    const placed = (child: number): number => (child >= 0 ? child + node : child - leaf);
    flat.root[t] = placed(tree.splitFeature.length === 0 ? -1 : 0);
    flat.feature.set(tree.splitFeature, node);
    flat.threshold.set(tree.threshold, node);
    flat.defaultLeft.set(tree.defaultLeft, node);
    for (let i = 0; i < tree.splitFeature.length; i++) {
      flat.children[2 * (node + i)] = placed(tree.leftChild[i] as number);
      flat.children[2 * (node + i) + 1] = placed(tree.rightChild[i] as number);
      flat.categoryStart[node + i + 1] = word + (tree.categoryStart[i + 1] as number);
    }
    flat.categoryBits.set(tree.categoryBits, word);
    flat.leafValue.set(tree.leafValue, leaf);
    node += tree.splitFeature.length;
    word += tree.categoryBits.length;
  }
  return flat;
}
