// Trees made into the operations of QuickScorer (Lucchese et al., SIGIR 2015) on byte planes (RapidScorer, Ye et al., KDD 2018).
// Every leaf is a bit, leaves counted from left to right; a node that sends a row right clears the leaves of its left subtree; the
// lowest bit that stays is the row's leaf. A plane holds 8 leaves, so that one byte a row and 16 rows a vector suffice.
import type { Tree } from '../tree.js';
import type { TreeEnsemble } from './tree-ensemble.js';

/** A value's rank is the number of its feature's thresholds below it; bytes hold ranks 0 to 254, and 255 for "right at every node". */
const MAX_THRESHOLDS = 254;
/** A leaf's position is a byte. */
const MAX_LEAVES = 256;
/** Columns of categorical nodes in one block, so that all columns of a tile stay in a fast cache. */
const MAX_MEMBERS = 512;

/** Consecutive trees that share rank columns. */
export interface QuickBlock {
  readonly trees: readonly QuickTree[];
  readonly numeric: readonly NumericColumns[];
  readonly members: readonly MemberColumn[];
  /** Number of rank columns. */
  readonly nSlots: number;
}

/** Ranks of one feature; the two columns differ in where missing values go, and -1 stands for one that no node reads. */
export interface NumericColumns {
  readonly feature: number;
  /** Ascending and distinct. */
  readonly thresholds: Float64Array;
  readonly missingLeftSlot: number;
  readonly missingRightSlot: number;
}

/** The column of one categorical node: the lowest rank in its set, the highest outside. */
export interface MemberColumn {
  readonly feature: number;
  readonly words: Uint32Array;
  readonly missingLeft: boolean;
  readonly slot: number;
}

/** One tree, in one of two forms. */
export interface QuickTree {
  readonly output: number;
  /** From left to right; of a symmetric tree, by the bits of its levels, the root's the highest, 1 where the row goes left. */
  readonly leafValues: Float64Array;
  /** `planes[p]` clears leaves `8p` to `8p + 7`; empty for a symmetric tree. */
  readonly planes: readonly (readonly QuickOperation[])[];
  /** The tests of a symmetric tree from the root down. */
  readonly levels: readonly QuickTest[];
}

/** Rows whose rank in the column is `from` or more go right. */
export interface QuickTest {
  readonly slot: number;
  readonly from: number;
}

/** Rows that go right keep only the leaves of `kept`, a byte of bits. */
export interface QuickOperation extends QuickTest {
  readonly kept: number;
}

/** The blocks of an ensemble in the order of its trees, or undefined where a tree is too large for them. */
export function quickBlocks({ trees, nOutputs }: TreeEnsemble): QuickBlock[] | undefined {
  const blocks: QuickBlock[] = [];
  let columns = new BlockColumns();
  let first = 0;
  for (const [t, tree] of trees.entries()) {
    if (tree.leafValue.length > MAX_LEAVES) return undefined;
    if (columns.add(tree)) continue;
    blocks.push(block(trees, first, t, nOutputs, columns));
    first = t;
    columns = new BlockColumns();
    if (!columns.add(tree)) return undefined;
  }
  blocks.push(block(trees, first, trees.length, nOutputs, columns));
  return blocks;
}

/** What a block's trees test: thresholds by feature, and categorical nodes. */
class BlockColumns {
  readonly #thresholds = new Map<number, Set<number>>();
  #nMembers = 0;

  /** Takes the tree in, or changes nothing and returns false where it does not fit. */
  add(tree: Tree): boolean {
    const fresh = new Map<number, Set<number>>();
    let nMembers = 0;
    for (const [node, feature] of tree.splitFeature.entries()) {
      const threshold = tree.threshold[node] as number;
      if (isCategorical(tree, node)) nMembers++;
      else if (!this.#thresholds.get(feature)?.has(threshold)) insert(fresh, feature, threshold);
    }
    for (const [feature, { size }] of fresh) {
      if (size + (this.#thresholds.get(feature)?.size ?? 0) > MAX_THRESHOLDS) return false;
    }
    if (this.#nMembers > 0 && this.#nMembers + nMembers > MAX_MEMBERS) return false;
    this.#nMembers += nMembers;
    for (const [feature, thresholds] of fresh) {
      for (const threshold of thresholds) insert(this.#thresholds, feature, threshold);
    }
    return true;
  }

  /** Ascending thresholds by feature. */
  thresholds(): Map<number, Float64Array> {
    return new Map([...this.#thresholds].map(([feature, seen]) => [feature, Float64Array.from(seen).sort()]));
  }
}

function insert(sets: Map<number, Set<number>>, feature: number, threshold: number): void {
  const set = sets.get(feature);
  if (set === undefined) sets.set(feature, new Set([threshold]));
  else set.add(threshold);
}

function isCategorical({ categoryStart }: Tree, node: number): boolean {
  return (categoryStart[node] as number) < (categoryStart[node + 1] as number);
}

function block(
  trees: readonly Tree[],
  first: number,
  end: number,
  nOutputs: number,
  columns: BlockColumns,
): QuickBlock {
  const slots = new SlotTable(columns.thresholds());
  const quick = trees.slice(first, end).map((tree, i) => {
    const output = (first + i) % nOutputs;
    const shape = symmetricShape(tree);
    if (shape === undefined) return planesTree(tree, output, slots);
    const leafValues = Float64Array.from(shape.leaves, (leaf) => tree.leafValue[leaf] as number).reverse();
    return { output, leafValues, planes: [], levels: shape.nodes.map((node) => slots.test(tree, node)) };
  });
  return { trees: quick, numeric: slots.numeric(), members: slots.members, nSlots: slots.nSlots };
}

/** Gives each node the rank column it reads, and the rank from which it sends rows right. */
class SlotTable {
  readonly members: MemberColumn[] = [];
  nSlots = 0;
  readonly #thresholds: ReadonlyMap<number, Float64Array>;
  readonly #positions = new Map<number, Map<number, number>>();
  /** Slots by feature, where missing values go right and where they go left. */
  readonly #numeric = new Map<number, [number, number]>();

  constructor(thresholds: ReadonlyMap<number, Float64Array>) {
    this.#thresholds = thresholds;
    for (const [feature, values] of thresholds) {
      this.#positions.set(feature, new Map(Array.from(values, (value, position) => [value, position])));
    }
  }

  test(tree: Tree, node: number): QuickTest {
    const feature = tree.splitFeature[node] as number;
    const missingLeft = tree.defaultLeft[node] as 0 | 1;
    if (isCategorical(tree, node)) {
      const words = tree.categoryBits.subarray(tree.categoryStart[node], tree.categoryStart[node + 1]);
      const slot = this.nSlots++;
      this.members.push({ feature, words, missingLeft: missingLeft === 1, slot });
      return { slot, from: 1 };
    }
    const slots = this.#numeric.get(feature) ?? [-1, -1];
    this.#numeric.set(feature, slots);
    if (slots[missingLeft] === -1) slots[missingLeft] = this.nSlots++;
    const position = this.#positions.get(feature)?.get(tree.threshold[node] as number) as number;
    return { slot: slots[missingLeft], from: position + 1 };
  }

  numeric(): NumericColumns[] {
    return Array.from(this.#numeric, ([feature, [missingRightSlot, missingLeftSlot]]) => {
      const thresholds = this.#thresholds.get(feature) as Float64Array;
      return { feature, thresholds, missingLeftSlot, missingRightSlot };
    });
  }
}

/**
 * A tree whose leaves are all at one depth and whose nodes make the same numeric test on each level: its first node of each level
 * and its leaves from left to right. Undefined for any other tree, and for one leaf.
 */
function symmetricShape(tree: Tree): { nodes: number[]; leaves: number[] } | undefined {
  const nodes: number[] = [];
  let level = tree.splitFeature.length === 0 ? [] : [0];
  while (level.length > 0 && level.every((child) => child >= 0)) {
    const first = level[0] as number;
    if (!level.every((node) => sameNumericTest(tree, node, first))) return undefined;
    nodes.push(first);
    level = level.flatMap((node) => [tree.leftChild[node] as number, tree.rightChild[node] as number]);
  }
  return nodes.length > 0 && level.every((child) => child < 0)
    ? { nodes, leaves: level.map((child) => ~child) }
    : undefined;
}

function sameNumericTest(tree: Tree, a: number, b: number): boolean {
  return (
    !isCategorical(tree, a) &&
    tree.splitFeature[a] === tree.splitFeature[b] &&
    tree.threshold[a] === tree.threshold[b] &&
    tree.defaultLeft[a] === tree.defaultLeft[b]
  );
}

function planesTree(tree: Tree, output: number, slots: SlotTable): QuickTree {
  const nLeaves = tree.leafValue.length;
  const leafValues = new Float64Array(nLeaves);
  const planes: QuickOperation[][] = Array.from({ length: Math.ceil(nLeaves / 8) }, () => []);
  let nPlaced = 0;
  // An explicit stack, since a chain of 255 nodes is allowed: a node is seen before its left subtree and again after it.
  const open: { child: number; firstLeaf: number }[] = [{ child: nLeaves === 1 ? -1 : 0, firstLeaf: -1 }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { child, firstLeaf } = at;
    if (child < 0) {
      leafValues[nPlaced++] = tree.leafValue[~child] as number;
    } else if (firstLeaf < 0) {
      open.push({ child, firstLeaf: nPlaced }, { child: tree.leftChild[child] as number, firstLeaf: -1 });
    } else {
      clearLeaves(planes, slots.test(tree, child), firstLeaf, nPlaced);
      open.push({ child: tree.rightChild[child] as number, firstLeaf: -1 });
    }
  }
  return { output, leafValues, planes, levels: [] };
}

/** Adds to each plane that holds some of the leaves [first, end) the operation that clears them. */
function clearLeaves(planes: readonly QuickOperation[][], test: QuickTest, first: number, end: number): void {
  for (let plane = first >> 3; plane <= (end - 1) >> 3; plane++) {
    const low = Math.max(first - 8 * plane, 0);
    const high = Math.min(end - 8 * plane, 8);
    const cleared = ((1 << high) - 1) & ~((1 << low) - 1);
    planes[plane]?.push({ ...test, kept: 0xff & ~cleared });
  }
}
