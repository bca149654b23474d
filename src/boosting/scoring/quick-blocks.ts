// Trees made into the operations of QuickScorer (Lucchese et al., SIGIR 2015) on byte planes (RapidScorer, Ye et al., KDD 2018).
// Every leaf is a bit, leaves counted from left to right; a node that sends a row right clears the leaves of its left subtree; the
// lowest bit that stays is the row's leaf. A plane holds 8 leaves, so that one byte a row and 16 rows a vector suffice.
import type { Tree } from '../tree.js';
import { categoryWords, levelCounts } from './level-counts.js';
import type { TreeEnsemble } from './tree-ensemble.js';

/** A value's rank is the number of its feature's thresholds below it; bytes hold ranks 0 to 254, and 255 for "right at every node". */
const MAX_THRESHOLDS = 254;
/** A leaf's position is a byte. */
const MAX_LEAVES = 256;
/** The position of a level's byte in a bit set, in a look-up of at most 15 times 16 bytes, leaves 255 for levels in no set. */
const MAX_LEVELS = 1888;

/** Consecutive trees that share rank columns. */
export interface QuickBlock {
  readonly trees: readonly QuickTree[];
  readonly numeric: readonly NumericColumns[];
  readonly categorical: readonly LevelColumns[];
  /** Number of columns. */
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

/** Where bit sets hold the levels of one feature: the byte in one column, the bit in that byte in the other. */
export interface LevelColumns {
  readonly feature: number;
  /** Bits of the feature's largest set; a missing value stands for one level more. */
  readonly nLevels: number;
  readonly bytesSlot: number;
  readonly bitsSlot: number;
}

/** One tree, in one of two forms. */
export interface QuickTree {
  readonly output: number;
  /** From left to right; of a symmetric tree, by the bits of its levels, the root's the highest, 1 where the row goes left. */
  readonly leafValues: Float64Array;
  /** `planes[p]` clears leaves `8p` to `8p + 7`; empty for a symmetric tree. */
  readonly planes: readonly QuickPlane[];
  /** The tests of a symmetric tree from the root down. */
  readonly levels: readonly QuickTest[];
}

/** What clears the bits of 8 leaves. */
export interface QuickPlane {
  readonly ranks: readonly RankOperation[];
  readonly sets: readonly SetOperation[];
}

/** Rows whose rank in the column is `from` or more go right. */
export interface QuickTest {
  readonly slot: number;
  readonly from: number;
}

/** Rows that go right keep only the leaves of `kept`, a byte of bits. */
export interface RankOperation extends QuickTest {
  readonly kept: number;
}

/** Rows whose level is in the set stay left; the set has whole 16 bytes, and the level of missing values where those go left. */
export interface SetTest {
  readonly columns: LevelColumns;
  readonly words: Uint32Array;
}

/** Rows that go right keep only the leaves of `kept`. */
export interface SetOperation extends SetTest {
  readonly kept: number;
}

/** The blocks of an ensemble in the order of its trees, or undefined where a tree or a bit set is too large for them. */
export function quickBlocks(ensemble: TreeEnsemble): QuickBlock[] | undefined {
  const { trees, nOutputs } = ensemble;
  const levels = levelCounts(ensemble);
  if (!levels.every((nLevels) => nLevels <= MAX_LEVELS)) return undefined;
  const blocks: QuickBlock[] = [];
  let thresholds = new BlockThresholds();
  let first = 0;
  const close = (end: number): void => {
    const slots = new SlotTable(thresholds.ascending(), levels);
    const quick = trees.slice(first, end).map((tree, i) => quickTree(tree, (first + i) % nOutputs, slots));
    blocks.push({ trees: quick, ...slots.columns() });
  };
  for (const [t, tree] of trees.entries()) {
    if (tree.leafValue.length > MAX_LEAVES) return undefined;
    if (thresholds.add(tree)) continue;
    close(t);
    first = t;
    thresholds = new BlockThresholds();
    if (!thresholds.add(tree)) return undefined;
  }
  close(trees.length);
  return blocks;
}

/** The thresholds that a block's trees test, by feature. */
class BlockThresholds {
  readonly #thresholds = new Map<number, Set<number>>();

  /** Takes the tree in, or changes nothing and returns false where it does not fit. */
  add(tree: Tree): boolean {
    const fresh = new Map<number, Set<number>>();
    for (const [node, feature] of tree.splitFeature.entries()) {
      const threshold = tree.threshold[node] as number;
      if (isCategorical(tree, node) || this.#thresholds.get(feature)?.has(threshold)) continue;
      insert(fresh, feature, threshold);
    }
    for (const [feature, { size }] of fresh) {
      if (size + (this.#thresholds.get(feature)?.size ?? 0) > MAX_THRESHOLDS) return false;
    }
    for (const [feature, thresholds] of fresh) {
      for (const threshold of thresholds) insert(this.#thresholds, feature, threshold);
    }
    return true;
  }

  ascending(): Map<number, Float64Array> {
    return new Map([...this.#thresholds].map(([feature, seen]) => [feature, Float64Array.from(seen).sort()]));
  }
}

function insert(sets: Map<number, Set<number>>, feature: number, threshold: number): void {
  const set = sets.get(feature);
  if (set === undefined) sets.set(feature, new Set([threshold]));
  else set.add(threshold);
}

function isCategorical(tree: Tree, node: number): boolean {
  return categoryWords(tree, node).length > 0;
}

/** Hands out columns to the nodes of a block's trees. */
class SlotTable {
  #nSlots = 0;
  readonly #thresholds: ReadonlyMap<number, Float64Array>;
  readonly #levels: Uint32Array;
  readonly #positions = new Map<number, Map<number, number>>();
  /** Slots by feature, where missing values go right and where they go left. */
  readonly #numeric = new Map<number, [number, number]>();
  readonly #categorical = new Map<number, LevelColumns>();

  constructor(thresholds: ReadonlyMap<number, Float64Array>, levels: Uint32Array) {
    this.#thresholds = thresholds;
    this.#levels = levels;
    for (const [feature, values] of thresholds) {
      this.#positions.set(feature, new Map(Array.from(values, (value, position) => [value, position])));
    }
  }

  /** The test of a numeric node. */
  rankTest(tree: Tree, node: number): QuickTest {
    const feature = tree.splitFeature[node] as number;
    const missingLeft = tree.defaultLeft[node] as 0 | 1;
    const slots = this.#numeric.get(feature) ?? [-1, -1];
    this.#numeric.set(feature, slots);
    if (slots[missingLeft] === -1) slots[missingLeft] = this.#nSlots++;
    const position = this.#positions.get(feature)?.get(tree.threshold[node] as number) as number;
    return { slot: slots[missingLeft], from: position + 1 };
  }

  /** The test of a categorical node. */
  setTest(tree: Tree, node: number): SetTest {
    const feature = tree.splitFeature[node] as number;
    const nLevels = this.#levels[feature] as number;
    let columns = this.#categorical.get(feature);
    if (columns === undefined) {
      columns = { feature, nLevels, bytesSlot: this.#nSlots++, bitsSlot: this.#nSlots++ };
      this.#categorical.set(feature, columns);
    }
    const own = categoryWords(tree, node);
    const missingLeft = tree.defaultLeft[node] === 1;
    const words = new Uint32Array(4 * Math.ceil((missingLeft ? nLevels / 32 + 1 : own.length) / 4));
    words.set(own);
    if (missingLeft) words[nLevels / 32] = 1;
    return { columns, words };
  }

  columns(): Pick<QuickBlock, 'numeric' | 'categorical' | 'nSlots'> {
    const numeric = Array.from(this.#numeric, ([feature, [missingRightSlot, missingLeftSlot]]) => {
      const thresholds = this.#thresholds.get(feature) as Float64Array;
      return { feature, thresholds, missingLeftSlot, missingRightSlot };
    });
    return { numeric, categorical: [...this.#categorical.values()], nSlots: this.#nSlots };
  }
}

function quickTree(tree: Tree, output: number, slots: SlotTable): QuickTree {
  const shape = symmetricShape(tree);
  if (shape === undefined) return planesTree(tree, output, slots);
  const leafValues = Float64Array.from(shape.leaves, (leaf) => tree.leafValue[leaf] as number).reverse();
  return { output, leafValues, planes: [], levels: shape.nodes.map((node) => slots.rankTest(tree, node)) };
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
  const planes = Array.from({ length: Math.ceil(nLeaves / 8) }, (): GrowingPlane => ({ ranks: [], sets: [] }));
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
      clearLeaves(planes, tree, child, slots, [firstLeaf, nPlaced]);
      open.push({ child: tree.rightChild[child] as number, firstLeaf: -1 });
    }
  }
  return { output, leafValues, planes, levels: [] };
}

interface GrowingPlane {
  readonly ranks: RankOperation[];
  readonly sets: SetOperation[];
}

/** Adds to each plane that holds some of the leaves [first, end) the operation of a node that clears them. */
function clearLeaves(
  planes: readonly GrowingPlane[],
  tree: Tree,
  node: number,
  slots: SlotTable,
  [first, end]: readonly [number, number],
): void {
  const rank = isCategorical(tree, node) ? undefined : slots.rankTest(tree, node);
  const set = rank === undefined ? slots.setTest(tree, node) : undefined;
  for (let plane = first >> 3; plane <= (end - 1) >> 3; plane++) {
    const low = Math.max(first - 8 * plane, 0);
    const high = Math.min(end - 8 * plane, 8);
    const kept = 0xff & ~(((1 << high) - 1) & ~((1 << low) - 1));
    if (rank !== undefined) planes[plane]?.ranks.push({ ...rank, kept });
    if (set !== undefined) planes[plane]?.sets.push({ ...set, kept });
  }
}
