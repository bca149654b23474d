// A tree while it grows: nodes over bins, and leaves that may yet be split.
import type { ColumnPlan } from './column-plan.js';
import type { Candidate } from './search-leaf.js';
import type { Tree } from './tree.js';

/** A chosen split; the gain is net of the leaf's own. */
export interface Split extends Candidate {
  readonly column: number;
  /** Uint8Array [256], 1 where a bin of a set goes left; undefined for a threshold. */
  readonly goesLeft: Uint8Array | undefined;
}

/** A leaf of a growing tree. Sums are quantized. */
export interface Leaf {
  readonly id: number;
  readonly depth: number;
  /** Where its histogram is. */
  slot: number;
  readonly sumG: number;
  readonly sumH: number;
  readonly nRows: number;
  /** Output by its quantized sums. */
  readonly output: number;
  lower: number;
  upper: number;
  /** The output of the leaf it was split from. */
  readonly parentOutput: number;
  /** L2 on top of the parameter, for children of subset splits. */
  readonly extraL2: number;
  /** Columns on the path from the root, for interaction constraints. */
  readonly path: readonly number[];
  split: Split | undefined;
}

/** A leaf that is not searched yet, without a histogram of its own. All leaves are made here, so that they have one shape. */
export function createLeaf(leaf: Omit<Leaf, 'slot' | 'split'>): Leaf {
  return {
    id: leaf.id,
    depth: leaf.depth,
    slot: 0,
    sumG: leaf.sumG,
    sumH: leaf.sumH,
    nRows: leaf.nRows,
    output: leaf.output,
    lower: leaf.lower,
    upper: leaf.upper,
    parentOutput: leaf.parentOutput,
    extraL2: leaf.extraL2,
    path: leaf.path,
    split: undefined,
  };
}

/** Whether a split sends a bin left; missing values are in bin 0. */
function isBinLeft({ goesLeft, missingLeft, bin }: Split, of: number): boolean {
  if (goesLeft !== undefined) return goesLeft[of] === 1;
  return of === 0 ? missingLeft : of <= bin;
}

/** A node: its split and its children (a leaf as the complement of its position). */
export interface GrownNode {
  readonly split: Split;
  left: number;
  right: number;
}

/** Values of the leaves, with what reached them. */
export interface LeafTotals {
  readonly values: Float64Array;
  readonly covers: Float64Array;
  readonly counts: Int32Array;
}

export class GrowingTree {
  readonly nodes: GrownNode[] = [];
  readonly leaves: Leaf[];
  /** By leaf: the node it hangs from, -1 for the root, and the side. */
  readonly #parents: { node: number; isLeft: boolean }[] = [{ node: -1, isLeft: true }];

  constructor(root: Leaf) {
    this.leaves = [root];
  }

  /** Replaces a leaf by a node; the left child keeps its position, the right one gets the next. */
  splitLeaf(split: Split, left: Leaf, right: Leaf): void {
    const node = this.nodes.length;
    const parent = this.#parents[left.id];
    if (parent !== undefined && parent.node >= 0) {
      const above = this.nodes[parent.node] as GrownNode;
      if (parent.isLeft) above.left = node;
      else above.right = node;
    }
    this.nodes.push({ split, left: ~left.id, right: ~right.id });
    this.leaves[left.id] = left;
    this.leaves[right.id] = right;
    this.#parents[left.id] = { node, isLeft: true };
    this.#parents[right.id] = { node, isLeft: false };
  }

  /** The finished tree over raw values. */
  toTree(plans: readonly ColumnPlan[], totals: LeafTotals): Tree {
    const nNodes = this.nodes.length;
    const categoryStart = new Int32Array(nNodes + 1);
    const words: number[] = [];
    const splitFeature = new Int32Array(nNodes);
    const threshold = new Float64Array(nNodes);
    const defaultLeft = new Uint8Array(nNodes);
    this.nodes.forEach(({ split }, i) => {
      const plan = plans[split.column] as ColumnPlan;
      splitFeature[i] = plan.feature;
      defaultLeft[i] = Number(split.missingLeft);
      if (plan.kind === 'numeric') threshold[i] = plan.bounds[split.bin - 1] ?? Number.MAX_VALUE;
      else words.push(...levelWords(plan, split));
      if (plan.kind === 'statistic') defaultLeft[i] = Number(goesLeftOf(plan, split, plan.prior));
      categoryStart[i + 1] = words.length;
    });
    return {
      splitFeature,
      threshold,
      defaultLeft,
      categoryStart,
      categoryBits: Uint32Array.from(words),
      leftChild: Int32Array.from(this.nodes, (node) => node.left),
      rightChild: Int32Array.from(this.nodes, (node) => node.right),
      leafValue: totals.values,
      gain: Float64Array.from(this.nodes, (node) => node.split.gain),
      leafCover: totals.covers,
      leafCount: totals.counts,
      nodeCover: sumsBelow(this.nodes, totals.covers, new Float64Array(nNodes)),
      nodeCount: sumsBelow(this.nodes, totals.counts, new Int32Array(nNodes)),
    };
  }
}

type LevelPlan = Exclude<ColumnPlan, { kind: 'numeric' }>;

/** A bit set of the levels that go left, at least one word long. */
function levelWords(plan: LevelPlan, split: Split): Uint32Array {
  const levels =
    plan.kind === 'subset'
      ? [...plan.levels].filter((_, i) => isBinLeft(split, i + 1))
      : [...plan.statistics.keys()].filter((level) => goesLeftOf(plan, split, plan.statistics[level] as number));
  const words = new Uint32Array(1 + (levels.reduce((most, level) => Math.max(most, level), 0) >> 5));
  for (const level of levels) words[level >> 5] = (words[level >> 5] as number) | (1 << (level & 31));
  return words;
}

function goesLeftOf(plan: Extract<ColumnPlan, { kind: 'statistic' }>, split: Split, statistic: number): boolean {
  return statistic <= (plan.bounds[split.bin - 1] ?? Number.POSITIVE_INFINITY);
}

/** Sums of what is in the leaves below each node; children come after their parents. */
function sumsBelow<T extends Float64Array | Int32Array>(nodes: readonly GrownNode[], leaves: T, sums: T): T {
  for (let i = nodes.length - 1; i >= 0; i--) {
    const { left, right } = nodes[i] as GrownNode;
    const value = (child: number): number => (child < 0 ? leaves[~child] : sums[child]) as number;
    sums[i] = value(left) + value(right);
  }
  return sums;
}
