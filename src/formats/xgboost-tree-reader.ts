// One tree of XGBoost's JSON: parallel arrays over nodes and leaves together.
import type { Tree } from '../boosting/tree.js';
import { jsonFields } from '../transforms/json-fields.js';
import { previousFloat32 } from './float32-neighbours.js';
import { jsonMember } from './json-member.js';
import { brokenFile, unsupportedFile } from './model-file-error.js';
import type { BuiltLeaf, BuiltNode } from './tree-builder.js';
import { buildTree, levelWords } from './tree-builder.js';

const FORMAT = 'XGBoost model';
const { fround } = Math;
/** XGBoost's own limit of a category. */
const MAX_CATEGORY = 2 ** 24;
/** Words of all bit sets of a tree, past which a file is taken for an attack. */
const MAX_WORDS = 2 ** 22;

/** What a tree is read with. */
export interface XgboostTreeContext {
  readonly nFeatures: number;
  /** Factor of its leaves. */
  readonly weight: number;
}

/** @throws BUNDLE_INVALID, MODEL_FILE_UNSUPPORTED */
export function readXgboostTree(json: unknown, index: number, { nFeatures, weight }: XgboostTreeContext): Tree {
  const at = `tree ${index}`;
  const fields = jsonFields(at, json);
  const left = fields.numbers('left_children');
  const size = left.length;
  const list = (key: string): readonly number[] => {
    const found = fields.numbers(key);
    if (found.length !== size) throw broken(at, `${key} must have ${size} numbers`);
    return found;
  };
  if (Number(jsonMember(json, 'tree_param', 'size_leaf_vector') ?? 1) > 1) {
    throw unsupportedFile(FORMAT, 'its trees have several targets');
  }
  const [right, split] = [list('right_children'), list('split_indices')];
  const condition = conditionsOf(fields.list('split_conditions'), size, at);
  const defaults = flags(fields.list('default_left'), size, at);
  const [gains, covers] = [statistics(json, 'loss_changes', size), statistics(json, 'sum_hessian', size)];
  const sets = categorySets(json, size, at);
  const place = positions(left, right, at);
  const nodes: BuiltNode[] = [];
  const leaves: BuiltLeaf[] = [];
  for (const node of place.order) {
    const cover = covers[node];
    if (left[node] === -1) {
      leaves.push({ value: fround(fround(condition(node)) * fround(weight)), cover });
      continue;
    }
    const feature = split[node] as number;
    if (!(Number.isInteger(feature) && feature >= 0 && feature < nFeatures))
      throw broken(at, 'a node tests no feature');
    const children = { left: place.of(left[node] as number), right: place.of(right[node] as number) };
    const set = sets.get(node);
    const common = { feature, gain: gains[node], cover };
    // The listed categories go right there and the others, unseen ones too, left: the children change sides.
    if (set !== undefined) {
      const swapped = { left: children.right, right: children.left, defaultLeft: !defaults[node] };
      nodes.push({ ...common, ...swapped, threshold: 0, words: levelWords(set) });
    } else {
      const threshold = below(fround(condition(node)));
      nodes.push({ ...common, ...children, threshold, defaultLeft: defaults[node] as boolean });
    }
  }
  return buildTree(nodes, leaves);
}

/** The number of a leaf or a numeric node; before version 3 those of categorical nodes are no numbers. */
function conditionsOf(values: readonly unknown[], size: number, at: string): (node: number) => number {
  if (values.length !== size) throw broken(at, `split_conditions must have ${size} numbers`);
  return (node) => {
    const value = values[node];
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw broken(at, 'split_conditions must hold finite numbers');
  };
}

/** `x < condition` is `x <= threshold` for float32 numbers. */
function below(condition: number): number {
  const threshold = previousFloat32(condition);
  return Number.isFinite(threshold) ? threshold : Math.sign(threshold) * Number.MAX_VALUE;
}

interface Positions {
  /** Nodes and leaves that are reached from the root, in their order in the file. */
  readonly order: readonly number[];
  /** The position of one among the nodes, or `~` that among the leaves. */
  readonly of: (index: number) => number;
}

function positions(left: readonly number[], right: readonly number[], at: string): Positions {
  const reached = new Uint8Array(left.length);
  const open = [0];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!(Number.isInteger(node) && node >= 0 && node < left.length) || reached[node] === 1) {
      throw broken(at, 'every node must have one parent');
    }
    reached[node] = 1;
    if (left[node] !== -1) open.push(left[node] as number, right[node] as number);
  }
  const placed = new Int32Array(left.length);
  const order: number[] = [];
  let [nNodes, nLeaves] = [0, 0];
  for (let node = 0; node < left.length; node++) {
    if (reached[node] === 0) continue; // pruned
    placed[node] = left[node] === -1 ? ~nLeaves++ : nNodes++;
    order.push(node);
  }
  return { order, of: (index) => placed[index] as number };
}

/** Numbers that scoring does not need: 0 where they are absent, negative or not finite. */
function statistics(json: unknown, key: string, size: number): number[] {
  const found = jsonMember(json, key);
  return Array.from({ length: size }, (_, i) => {
    const value = Array.isArray(found) ? found[i] : 0;
    return typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY ? value : 0;
  });
}

/** Booleans, or numbers in their place. */
function flags(values: readonly unknown[], size: number, at: string): boolean[] {
  if (values.length !== size) throw broken(at, `default_left must have ${size} flags`);
  return values.map((value) => value === true || value === 1);
}

/** The categories of each categorical node; models before 1.3 have none. */
function categorySets(json: unknown, size: number, at: string): Map<number, readonly number[]> {
  const sets = new Map<number, readonly number[]>();
  if (jsonMember(json, 'categories_nodes') === undefined) return sets;
  const fields = jsonFields(at, json);
  const [nodes, starts] = [fields.numbers('categories_nodes'), fields.numbers('categories_segments')];
  const [sizes, categories] = [fields.numbers('categories_sizes'), fields.numbers('categories')];
  if (!categories.every((category) => Number.isInteger(category) && category >= 0 && category < MAX_CATEGORY)) {
    throw broken(at, `categories must be in [0, ${MAX_CATEGORY})`);
  }
  let nWords = 0;
  for (const [i, node] of nodes.entries()) {
    const [start, length] = [starts[i] ?? -1, sizes[i] ?? -1];
    const fits = node >= 0 && node < size && start >= 0 && length >= 0 && start + length <= categories.length;
    if (!fits || sets.has(node)) throw broken(at, 'its sets of categories do not fit');
    const set = categories.slice(start, start + length);
    nWords += (set.reduce((most, level) => Math.max(most, level), 0) >>> 5) + 1;
    if (nWords > MAX_WORDS) throw broken(at, 'its sets of categories are too large');
    sets.set(node, set);
  }
  return sets;
}

function broken(at: string, rule: string): Error {
  return brokenFile(FORMAT, `${at}: ${rule}`);
}
