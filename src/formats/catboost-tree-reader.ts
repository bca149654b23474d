// CatBoost's trees: symmetric ones as a list of splits and leaves, others as nested nodes.
import type { Tree } from '../boosting/tree.js';
import { jsonFields } from '../transforms/json-fields.js';
import type { CatboostSplit } from './catboost-split.js';
import { jsonMember } from './json-member.js';
import { brokenFile } from './model-file-error.js';
import type { BuiltNode } from './tree-builder.js';
import { buildTree, levelWords } from './tree-builder.js';

const FORMAT = 'CatBoost model';
const MAX_DEPTH = 16;
const MAX_NESTED_DEPTH = 512;

/** What trees are read with. */
export interface CatboostReading {
  readonly splits: readonly CatboostSplit[];
  readonly nOutputs: number;
  /** Factor of all leaves. */
  readonly scale: number;
}

/** A tree an output for each symmetric tree. @throws BUNDLE_INVALID */
export function symmetricTrees(trees: readonly unknown[], { splits, nOutputs, scale }: CatboostReading): Tree[] {
  return trees.flatMap((json, index) => {
    const fields = jsonFields(`oblivious_trees[${index}]`, json);
    const levels = (jsonMember(json, 'splits') === null ? [] : fields.list('splits')).map((split) =>
      splitOf(split, splits),
    );
    if (levels.length > MAX_DEPTH) throw broken(`a tree must be at most ${MAX_DEPTH} deep`);
    const values = fields.numbers('leaf_values');
    const nLeaves = 2 ** levels.length;
    if (values.length !== nLeaves * nOutputs) throw broken(`a tree must have ${nLeaves * nOutputs} leaf values`);
    const weights = jsonMember(json, 'leaf_weights');
    const nodes = symmetricNodes(levels);
    return Array.from({ length: nOutputs }, (_, output) => {
      const leaves = Array.from({ length: nLeaves }, (_, leaf) => ({
        value: (values[leaf * nOutputs + output] as number) * scale,
        cover: Array.isArray(weights) ? cover(weights[leaf]) : 0,
      }));
      return buildTree(nodes, leaves);
    });
  });
}

/** Level by level from the root; the first split is the lowest bit of a leaf's index, so the last split is the root. */
function symmetricNodes(levels: readonly CatboostSplit[]): BuiltNode[] {
  const nNodes = 2 ** levels.length - 1;
  const child = (at: number): number => (at < nNodes ? at : ~(at - nNodes));
  return Array.from({ length: nNodes }, (_, node) => {
    const split = levels[levels.length - 1 - Math.floor(Math.log2(node + 1))] as CatboostSplit;
    return builtNode(split, child(2 * node + 1), child(2 * node + 2));
  });
}

/** A tree an output for each tree of nested nodes. @throws BUNDLE_INVALID */
export function nestedTrees(trees: readonly unknown[], reading: CatboostReading): Tree[] {
  return trees.flatMap((json) => {
    const nodes: BuiltNode[] = [];
    const leaves: { values: readonly number[]; cover: number }[] = [];
    addNested(json, { ...reading, nodes, leaves }, 0);
    return Array.from({ length: reading.nOutputs }, (_, output) => {
      const own = leaves.map(({ values, cover }) => ({ value: (values[output] as number) * reading.scale, cover }));
      return buildTree(nodes, own);
    });
  });
}

interface Growing extends CatboostReading {
  readonly nodes: BuiltNode[];
  readonly leaves: { values: readonly number[]; cover: number }[];
}

/** Adds a subtree and gives its position as a child. */
function addNested(json: unknown, growing: Growing, depth: number): number {
  if (depth > MAX_NESTED_DEPTH) throw broken(`a tree must be at most ${MAX_NESTED_DEPTH} deep`);
  const split = jsonMember(json, 'split');
  if (split === undefined) {
    const found = jsonMember(json, 'value');
    const values = Array.isArray(found) ? found : [found];
    if (values.length !== growing.nOutputs || !values.every(Number.isFinite)) throw broken('a leaf has no value');
    growing.leaves.push({ values: values as number[], cover: cover(jsonMember(json, 'weight')) });
    return ~(growing.leaves.length - 1);
  }
  const at = growing.nodes.length;
  const found = splitOf(split, growing.splits);
  growing.nodes.push(builtNode(found, 0, 0));
  const fails = addNested(jsonMember(json, 'left'), growing, depth + 1);
  const passes = addNested(jsonMember(json, 'right'), growing, depth + 1);
  growing.nodes[at] = builtNode(found, fails, passes);
  return at;
}

function splitOf(json: unknown, splits: readonly CatboostSplit[]): CatboostSplit {
  const found = splits[Number(jsonMember(json, 'split_index') ?? -1)];
  if (found === undefined) throw broken('split_index must name a split');
  return found;
}

/** Sets of levels go left in our trees: the passing ones, or the failing ones where unseen categories pass. */
function builtNode(split: CatboostSplit, fails: number, passes: number): BuiltNode {
  if (split.kind === 'border') {
    const { feature, border, missingPasses } = split;
    return { feature, threshold: border, defaultLeft: !missingPasses, left: fails, right: passes };
  }
  const { feature, passing, unseenPasses, nLevels } = split;
  const failing = (): number[] => {
    const passed = new Set(passing);
    return Array.from({ length: nLevels }, (_, level) => level).filter((level) => !passed.has(level));
  };
  const words = levelWords(unseenPasses ? failing() : passing);
  const [left, right] = unseenPasses ? [fails, passes] : [passes, fails];
  return { feature, threshold: 0, defaultLeft: false, left, right, words };
}

function cover(value: unknown): number {
  return typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY ? value : 0;
}

function broken(rule: string): Error {
  return brokenFile(FORMAT, rule);
}
