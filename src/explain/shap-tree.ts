// One tree prepared for exact path-dependent SHAP values (Lundberg et al., 2018, arXiv:1802.03888).
//
// On the path to a leaf, feature j has a share z_j of training rows that followed the path at its nodes, and o_j, 1 where the row
// itself does, else 0. Known features S score leaf * prod(o_j, j in S) * prod(z_j, j not in S), whose Shapley value for feature i is
//   leaf * (o_i - z_i) * integral over t in [0, 1] of prod(t * o_j + (1 - t) * z_j, j other than i)
// (Owen, 1972). The integrand is a polynomial, so Gauss-Legendre quadrature is exact. Only the products at its points depend on the
// row: they are carried down the tree and their sums up, one edge at a time, in the way of Linear TreeSHAP (Yu et al., 2022).
import { goesLeft } from '../boosting/scoring/leaf-of.js';
import type { Tree } from '../boosting/tree.js';
import { gaussLegendre } from './gauss-legendre.js';

/** What stands for the share of training rows: how many reached a node, or the sum of their hessians. */
export type ShapWeights = 'count' | 'cover';

/** What happened at this feature's nodes above, and at this edge: followed both, left here, left before. */
const STATES = 3;
const FOLLOWED = 0;
const LEFT_HERE = 1;
const LEFT_BEFORE = 2;

/**
 * A tree's nodes with parents before children, tables [nNodes]; node `n` has the edges `2n` to its left and `2n + 1` to its right
 * child, tables [nEdges].
 */
export interface ShapTree {
  readonly tree: Tree;
  /** Mean leaf value over the training rows. */
  readonly mean: number;
  readonly nPoints: number;
  /** Position of the node in the tree. */
  readonly node: Int32Array;
  /** Edge that leads to the node, -1 at the root. */
  readonly parent: Int32Array;
  /** Nearest edge above at a node of the same feature, or -1. */
  readonly previous: Int32Array;
  /** Leaf value where the edge ends in a leaf, else 0. */
  readonly leafValue: Float64Array;
  /** What a product is multiplied with along an edge, [nEdges * 3 states * nPoints]. */
  readonly ratio: Float64Array;
  /** What the sum below an edge adds to its feature's value, quadrature weight included; the same shape. */
  readonly change: Float64Array;
  /** Scratch of a row: states [nEdges], products and sums [nEdges * nPoints]. */
  readonly state: Uint8Array;
  readonly products: Float64Array;
  readonly sums: Float64Array;
}

/** Prepares a tree. */
export function shapTree(tree: Tree, weights: ShapWeights): ShapTree {
  const edges = listEdges(tree, weights);
  const lefts = edges.filter((_, e) => e % 2 === 0);
  const nEdges = edges.length;
  const nPoints = Math.max(1, Math.ceil(Math.max(0, ...edges.map((edge) => edge.nFeatures)) / 2));
  const size = nEdges * STATES * nPoints;
  const tables = { ratio: new Float64Array(size), change: new Float64Array(size) };
  const quadrature = gaussLegendre(nPoints);
  for (const [e, { share, previous }] of edges.entries()) {
    fillEdge(tables, e, previous < 0 ? 1 : (edges[previous] as Edge).share, share, quadrature);
  }
  return {
    tree,
    mean: meanLeaf(tree, weights),
    nPoints,
    node: Int32Array.from(lefts, (edge) => edge.node),
    parent: Int32Array.from(lefts, (edge) => edge.parent),
    previous: Int32Array.from(lefts, (edge) => edge.previous),
    leafValue: Float64Array.from(edges, ({ child }) => (child < 0 ? (tree.leafValue[~child] as number) : 0)),
    ...tables,
    state: new Uint8Array(nEdges),
    products: new Float64Array(nEdges * nPoints),
    sums: new Float64Array(nEdges * nPoints),
  };
}

/** Adds the SHAP values of one row in this tree to `out` at `offset`, one a feature. */
export function addShapValues(shap: ShapTree, values: ArrayLike<number>, out: Float64Array, offset: number): void {
  const { tree, node, previous, state } = shap;
  for (let n = 0; n < node.length; n++) {
    const at = node[n] as number;
    const before = previous[n] as number;
    if (before >= 0 && state[before] !== FOLLOWED) {
      state[2 * n] = LEFT_BEFORE;
      state[2 * n + 1] = LEFT_BEFORE;
    } else {
      const left = goesLeft(tree, at, values[tree.splitFeature[at] as number] as number);
      state[2 * n] = left ? FOLLOWED : LEFT_HERE;
      state[2 * n + 1] = left ? LEFT_HERE : FOLLOWED;
    }
  }
  carryDown(shap);
  sumUp(shap, out, offset);
}

/** Products at the quadrature points along every edge, and the sums of the edges that end in a leaf. */
function carryDown({ nPoints, parent, leafValue, ratio, state, products, sums }: ShapTree): void {
  for (let e = 0; e < state.length; e++) {
    const above = (parent[e >> 1] as number) * nPoints;
    const leaf = leafValue[e] as number;
    let factor = (e * STATES + (state[e] as number)) * nPoints;
    for (let q = 0; q < nPoints; q++) {
      const product = (above < 0 ? 1 : (products[above + q] as number)) * (ratio[factor++] as number);
      products[e * nPoints + q] = product;
      sums[e * nPoints + q] = product * leaf;
    }
  }
}

/** Sums of the leaves below every edge, from the leaves up, and what they give to the edge's feature. */
function sumUp(
  { tree, nPoints, node, parent, change, state, sums }: ShapTree,
  out: Float64Array,
  offset: number,
): void {
  for (let e = state.length - 1; e >= 0; e--) {
    const above = (parent[e >> 1] as number) * nPoints;
    let factor = (e * STATES + (state[e] as number)) * nPoints;
    let value = 0;
    for (let q = 0; q < nPoints; q++) {
      const sum = sums[e * nPoints + q] as number;
      value += sum * (change[factor++] as number);
      if (above >= 0) sums[above + q] = (sums[above + q] as number) + sum;
    }
    const slot = offset + (tree.splitFeature[node[e >> 1] as number] as number);
    out[slot] = (out[slot] as number) + value;
  }
}

interface Edge {
  readonly node: number;
  readonly child: number;
  readonly parent: number;
  readonly previous: number;
  /** Share of the training rows that went this way at every node of this feature on the path. */
  readonly share: number;
  /** Distinct features on the path. */
  readonly nFeatures: number;
}

/** Edges in pairs, left and right of a node, parents before children. */
function listEdges(tree: Tree, weights: ShapWeights): Edge[] {
  const edges: Edge[] = [];
  const open = tree.splitFeature.length === 0 ? [] : [{ node: 0, parent: -1 }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { node, parent } = at;
    const previous = sameFeatureAbove(tree, edges, tree.splitFeature[node] as number, parent);
    const above = edges[previous];
    for (const toLeft of [true, false]) {
      const child = (toLeft ? tree.leftChild[node] : tree.rightChild[node]) as number;
      const share = (above === undefined ? 1 : above.share) * shareOf(tree, node, child, weights);
      const nFeatures = (edges[parent]?.nFeatures ?? 0) + (above === undefined ? 1 : 0);
      if (child >= 0) open.push({ node: child, parent: edges.length });
      edges.push({ node, child, parent, previous, share, nFeatures });
    }
  }
  return edges;
}

function sameFeatureAbove(tree: Tree, edges: readonly Edge[], feature: number, from: number): number {
  let e = from;
  while (e >= 0 && tree.splitFeature[(edges[e] as Edge).node] !== feature) e = (edges[e] as Edge).parent;
  return e;
}

function shareOf(tree: Tree, node: number, child: number, weights: ShapWeights): number {
  const whole = weightOf(tree, node, weights);
  return whole > 0 ? weightOf(tree, child, weights) / whole : 0;
}

/** Weight of the training rows that reached a node or, below 0, a leaf. */
export function weightOf(tree: Tree, child: number, weights: ShapWeights): number {
  const [ofNode, ofLeaf] = weights === 'count' ? [tree.nodeCount, tree.leafCount] : [tree.nodeCover, tree.leafCover];
  return (child >= 0 ? ofNode[child] : ofLeaf[~child]) as number;
}

function meanLeaf(tree: Tree, weights: ShapWeights): number {
  if (tree.splitFeature.length === 0) return tree.leafValue[0] as number;
  let sum = 0;
  for (const [leaf, value] of tree.leafValue.entries()) sum += value * weightOf(tree, ~leaf, weights);
  return sum / weightOf(tree, 0, weights);
}

/** Tables of one edge at every quadrature point: its feature's factor and term change from those of the edge before. */
function fillEdge(
  { ratio, change }: Pick<ShapTree, 'ratio' | 'change'>,
  e: number,
  shareBefore: number,
  share: number,
  { nodes, weights }: ReturnType<typeof gaussLegendre>,
): void {
  for (const [state, followedBefore, followed] of [
    [FOLLOWED, 1, 1],
    [LEFT_HERE, 1, 0],
    [LEFT_BEFORE, 0, 0],
  ] as const) {
    for (const [q, t] of nodes.entries()) {
      const at = (e * STATES + state) * nodes.length + q;
      const factorBefore = t * followedBefore + (1 - t) * shareBefore;
      const factor = t * followed + (1 - t) * share;
      // A factor of 0 makes every product below 0, whatever the term.
      ratio[at] = factorBefore > 0 ? factor / factorBefore : 0;
      const termBefore = factorBefore > 0 ? (followedBefore - shareBefore) / factorBefore : 0;
      const term = factor > 0 ? (followed - share) / factor : 0;
      change[at] = (weights[q] as number) * (term - termBefore);
    }
  }
}
