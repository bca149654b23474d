import type { TreeEnsemble } from '../../../src/boosting/scoring/tree-ensemble.js';
import type { Tree } from '../../../src/boosting/tree.js';

/**
 * A tree of four leaves over three features:
 * x0 <= 1 ? (x2 in {1, 33} ? 10 : 20) : (x1 <= -2.5 ? 30 : 40), where missing x1 goes left and missing x0 and x2 right.
 */
export const handMadeTree: Tree = {
  splitFeature: Int32Array.of(0, 2, 1),
  threshold: Float64Array.of(1, 0, -2.5),
  defaultLeft: Uint8Array.of(0, 0, 1),
  categoryStart: Int32Array.of(0, 0, 2, 2),
  categoryBits: Uint32Array.of(2, 2),
  leftChild: Int32Array.of(1, -1, -3),
  rightChild: Int32Array.of(2, -2, -4),
  leafValue: Float64Array.of(10, 20, 30, 40),
  gain: Float64Array.of(5, 3, 2),
  nodeCover: Float64Array.of(25, 10, 15),
  leafCover: Float64Array.of(4, 6, 5, 10),
  nodeCount: Int32Array.of(100, 40, 60),
  leafCount: Int32Array.of(16, 24, 20, 40),
};

/** A tree that is one leaf. */
export function leafTree(value: number): Tree {
  return {
    splitFeature: new Int32Array(0),
    threshold: new Float64Array(0),
    defaultLeft: new Uint8Array(0),
    categoryStart: new Int32Array(1),
    categoryBits: new Uint32Array(0),
    leftChild: new Int32Array(0),
    rightChild: new Int32Array(0),
    leafValue: Float64Array.of(value),
    gain: new Float64Array(0),
    nodeCover: new Float64Array(0),
    leafCover: Float64Array.of(25),
    nodeCount: new Int32Array(0),
    leafCount: Int32Array.of(100),
  };
}

/** A chain of nodes x0 <= 0, x0 <= 1, …, each with a leaf on its left. */
export function chainTree(nNodes: number): Tree {
  const nodes = Array.from({ length: nNodes }, (_, node) => node);
  return {
    splitFeature: new Int32Array(nNodes),
    threshold: Float64Array.from(nodes),
    defaultLeft: new Uint8Array(nNodes),
    categoryStart: new Int32Array(nNodes + 1),
    categoryBits: new Uint32Array(0),
    leftChild: Int32Array.from(nodes, (node) => ~node),
    rightChild: Int32Array.from(nodes, (node) => (node + 1 < nNodes ? node + 1 : ~nNodes)),
    leafValue: Float64Array.from({ length: nNodes + 1 }, (_, leaf) => leaf),
    gain: new Float64Array(nNodes).fill(1),
    nodeCover: Float64Array.from(nodes, (node) => nNodes + 1 - node),
    leafCover: new Float64Array(nNodes + 1).fill(1),
    nodeCount: Int32Array.from(nodes, (node) => nNodes + 1 - node),
    leafCount: new Int32Array(nNodes + 1).fill(1),
  };
}

/** An ensemble of these trees with one output. */
export function ensembleOf(trees: readonly Tree[], fields: Partial<TreeEnsemble> = {}): TreeEnsemble {
  const precisions = { inputPrecision: 'float64', sumPrecision: 'float64' } as const;
  return { nFeatures: 3, nOutputs: 1, baseScore: Float64Array.of(0), trees, ...precisions, ...fields };
}
