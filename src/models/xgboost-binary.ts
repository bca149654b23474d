// XGBoost's binary model format of 2018, which the npm package ml-xgboost writes: read as untrusted input.
// Layout: src/learner.cc, src/gbm/gbtree_model.h and include/xgboost/tree_model.h of XGBoost 0.7.
import { TabwrightError } from '../core/tabwright-error.js';

/** Trees of a boosted model, their nodes in one row of flat arrays. */
export interface BinaryXgboost {
  /** "binary:logistic", "multi:softprob" or "reg:linear". */
  readonly objective: string;
  readonly nFeatures: number;
  /** Scores of each row: classes, or 1. */
  readonly nGroups: number;
  /** Score before the first tree, a float32 number. */
  readonly baseScore: number;
  /** First node of each tree, Int32Array [nTrees]. */
  readonly roots: Int32Array;
  /** Score that each tree adds to, Int32Array [nTrees]. */
  readonly groups: Int32Array;
  /** Feature that each node tests; -1 at a leaf. Int32Array [nNodes]. */
  readonly features: Int32Array;
  /** Threshold of a node, below which a value goes left, or the value of a leaf. Float32Array [nNodes]. */
  readonly values: Float32Array;
  /** Positions of both children in these arrays, Int32Array [nNodes]; 0 at a leaf. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Loss taken away by each node's split, Float32Array [nNodes]. */
  readonly gains: Float32Array;
}

const WORD = 4;
const LEARNER_WORDS = 34;
const BOOSTER_WORDS = 40;
const TREE_WORDS = 37;
const NODE_WORDS = 5;
const STAT_WORDS = 4;
const OBJECTIVES = ['binary:logistic', 'multi:softprob', 'reg:linear'];

/** @throws BUNDLE_INVALID where the bytes are cut off, or their numbers do not fit together */
export function readXgboostBinary(bytes: Uint8Array): BinaryXgboost {
  const reader = wordReader(bytes);
  const learner = reader.words(LEARNER_WORDS);
  const [baseScore, nFeatures, nClasses] = [learner.float(0), learner.integer(1), learner.integer(2)];
  const objective = reader.text();
  const booster = reader.text();
  if (!OBJECTIVES.includes(objective) || booster !== 'gbtree')
    throw broken('its objective or booster is not one of ours');
  const params = reader.words(BOOSTER_WORDS);
  const nTrees = params.integer(0);
  const nGroups = params.integer(6);
  const expected = objective === 'multi:softprob' ? nClasses : 1;
  if (nGroups !== expected || nGroups < 1 || nFeatures < 1) throw broken('its counts do not fit together');
  if (!Number.isFinite(baseScore)) throw broken('its base score is not finite');
  // Every tree takes more bytes than this: a count that cannot be true must not be allocated for.
  if (nTrees < 1 || nTrees > bytes.length / (TREE_WORDS * WORD)) throw broken('its number of trees cannot be');
  const trees = Array.from({ length: nTrees }, () => readTree(reader, nFeatures));
  const groupWords = reader.words(nTrees);
  const groups = Int32Array.from(trees, (_, index) => groupWords.integer(index));
  if (groups.some((group) => group < 0 || group >= nGroups)) throw broken('a tree adds to no score');
  return { objective, nFeatures, nGroups, baseScore, groups, ...joined(trees) };
}

type TreeNodes = Pick<BinaryXgboost, 'features' | 'values' | 'left' | 'right' | 'gains'>;

function readTree(reader: WordReader, nFeatures: number): TreeNodes {
  const params = reader.words(TREE_WORDS);
  const nNodes = params.integer(1);
  if (params.integer(0) !== 1 || nNodes < 1 || params.integer(5) !== 0) throw broken('a tree has an unknown form');
  const nodes = reader.words(nNodes * NODE_WORDS);
  const stats = reader.words(nNodes * STAT_WORDS);
  const tree = {
    features: new Int32Array(nNodes).fill(-1),
    values: new Float32Array(nNodes),
    left: new Int32Array(nNodes),
    right: new Int32Array(nNodes),
    gains: new Float32Array(nNodes),
  };
  const hasParent = new Uint8Array(nNodes);
  for (let node = 0; node < nNodes; node++) {
    const at = node * NODE_WORDS;
    tree.values[node] = nodes.float(at + 4);
    const left = nodes.integer(at + 1);
    // Nodes that pruning took away are as unreachable leaves.
    if (left === -1 || nodes.integer(at + 3) === -1) continue;
    const right = nodes.integer(at + 2);
    // Bit 31 is where missing values go; there are none.
    const feature = nodes.integer(at + 3) & 0x7fff_ffff;
    if (feature >= nFeatures) throw broken('a node tests no feature');
    for (const child of [left, right]) {
      // One parent each, and none for the root: no way leads in circles.
      if (child < 1 || child >= nNodes || hasParent[child] === 1) throw broken('a node has no proper children');
      hasParent[child] = 1;
    }
    tree.features[node] = feature;
    tree.left[node] = left;
    tree.right[node] = right;
    tree.gains[node] = stats.float(node * STAT_WORDS);
  }
  if (!tree.values.every(Number.isFinite) || !tree.gains.every(Number.isFinite)) {
    throw broken('a number of a node is not finite');
  }
  return tree;
}

/** All trees' nodes one after another, with child positions moved. */
function joined(trees: readonly TreeNodes[]): TreeNodes & { readonly roots: Int32Array } {
  const roots = new Int32Array(trees.length);
  let nNodes = 0;
  for (const [index, { features }] of trees.entries()) {
    roots[index] = nNodes;
    nNodes += features.length;
  }
  const all = {
    roots,
    features: new Int32Array(nNodes),
    values: new Float32Array(nNodes),
    left: new Int32Array(nNodes),
    right: new Int32Array(nNodes),
    gains: new Float32Array(nNodes),
  };
  for (const [index, tree] of trees.entries()) {
    const root = roots[index] as number;
    all.features.set(tree.features, root);
    all.values.set(tree.values, root);
    all.gains.set(tree.gains, root);
    const move = (child: number) => (child === 0 ? 0 : child + root);
    all.left.set(tree.left.map(move), root);
    all.right.set(tree.right.map(move), root);
  }
  return all;
}

interface Words {
  integer(index: number): number;
  float(index: number): number;
}

interface WordReader {
  words(count: number): Words;
  text(): string;
}

/** Reads little-endian words and texts one after another; never past the end. */
function wordReader(bytes: Uint8Array): WordReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 0;
  const take = (size: number): number => {
    const start = offset;
    if (size > bytes.length - start) throw broken('it is cut off');
    offset += size;
    return start;
  };
  return {
    words(count) {
      const start = take(count * WORD);
      return {
        integer: (index) => view.getInt32(start + index * WORD, true),
        float: (index) => view.getFloat32(start + index * WORD, true),
      };
    },
    text() {
      const length = view.getBigUint64(take(2 * WORD), true);
      if (length > 64n) throw broken('a name in it is too long');
      const start = take(Number(length));
      return new TextDecoder().decode(bytes.subarray(start, start + Number(length)));
    },
  };
}

function broken(rule: string): TabwrightError {
  return new TabwrightError('BUNDLE_INVALID', `the XGBoost model file cannot be read: ${rule}`);
}
