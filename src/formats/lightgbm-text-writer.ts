// LightGBM's text format, version 4: trees over float64 numbers and categories by position.
import type { Tree } from '../boosting/tree.js';
import type { ModelFeature } from '../core/feature-matrix.js';
import { doubleThreshold } from './float32-neighbours.js';
import { unsupportedFile } from './model-file-error.js';
import { isSetNode, levelWords, nodeLevels } from './tree-builder.js';
import { treesWithBase } from './tree-folding.js';
import type { TreeModel } from './tree-model.js';

const CATEGORICAL = 1;
const DEFAULT_LEFT = 2;
const MISSING_ZERO = 1 << 2;
const MISSING_NAN = 2 << 2;

/**
 * The text of a model. The base score goes into the first trees; the values of categorical features are level positions.
 * @throws MODEL_FILE_UNSUPPORTED for outputs that no objective of LightGBM has
 */
export function writeLightgbmText(model: TreeModel): Uint8Array {
  const { ensemble, features } = model;
  const trees = treesWithBase(ensemble).map((tree, index) => treeBlock(tree, index, model));
  const encoded = trees.map((text) => new TextEncoder().encode(text).length);
  const head = [
    'tree',
    'version=v4',
    `num_class=${ensemble.nOutputs}`,
    `num_tree_per_iteration=${ensemble.nOutputs}`,
    'label_index=0',
    `max_feature_idx=${features.length - 1}`,
    `objective=${objectiveLine(model)}`,
    ...(model.link.divisor === 1 ? [] : ['average_output']),
    `feature_names=${featureNames(features).join(' ')}`,
    `feature_infos=${features.map(featureInfo).join(' ')}`,
    `tree_sizes=${encoded.join(' ')}`,
    '',
    '',
  ].join('\n');
  const levels = features.flatMap((feature) => (feature.kind === 'categorical' ? [feature.levels ?? []] : []));
  const tail = `end of trees\n\nfeature_importances:\n\nparameters:\nend of parameters\n\npandas_categorical:${
    levels.length === 0 ? 'null' : asciiJson(levels)
  }\n`;
  return new TextEncoder().encode(head + trees.join('') + tail);
}

function objectiveLine({ link, task, nClasses, objective }: TreeModel): string {
  const { name, slope } = link;
  if (task === 'binary' && name === 'sigmoid') return `binary sigmoid:${slope}`;
  if (task === 'multiclass' && name === 'softmax') return `multiclass num_class:${nClasses}`;
  if (task === 'multiclass' && name === 'sigmoid') return `multiclassova num_class:${nClasses} sigmoid:${slope}`;
  if (name === 'identity') return 'regression';
  if (name === 'signedSquare') return 'regression sqrt';
  if (name === 'exp') return 'poisson';
  if (name === 'softplus') return 'cross_entropy_lambda';
  if (name === 'sigmoid' && slope === 1) return 'cross_entropy';
  throw unsupportedFile('LightGBM model', `objective ${objective} has no equal there`);
}

/** LightGBM splits names at spaces and takes no JSON punctuation. */
export function featureNames(features: readonly ModelFeature[]): string[] {
  const taken = new Set<string>();
  return features.map(({ name }) => {
    let safe = name.replaceAll(/[\s",:[\]{}]/g, '_') || '_';
    while (taken.has(safe)) safe += '_';
    taken.add(safe);
    return safe;
  });
}

/** What a feature may hold: LightGBM itself checks nothing by it, but reads from it which features are categorical. */
function featureInfo({ kind, levels = [] }: ModelFeature): string {
  if (kind === 'categorical') return levels.length === 0 ? '0' : levels.map((_, level) => level).join(':');
  return '[-inf:inf]';
}

function treeBlock(tree: Tree, index: number, model: TreeModel): string {
  const nLeaves = tree.leafValue.length;
  const sets = categorySets(tree, model.features);
  const nodes = Array.from(tree.splitFeature, (_, node) => nodeLine(tree, node, model, sets));
  const list = (key: keyof NodeLine): string => `${key}=${nodes.map((node) => node[key]).join(' ')}`;
  const values = (key: string, numbers: ArrayLike<number>): string => `${key}=${Array.from(numbers, text).join(' ')}`;
  const lines = [
    `Tree=${index}`,
    `num_leaves=${nLeaves}`,
    `num_cat=${sets.words.length}`,
    list('split_feature'),
    values('split_gain', tree.gain),
    list('threshold'),
    list('decision_type'),
    list('left_child'),
    list('right_child'),
    values('leaf_value', tree.leafValue),
    values('leaf_weight', tree.leafCover),
    values('leaf_count', tree.leafCount),
    values('internal_value', new Float64Array(nodes.length)),
    values('internal_weight', tree.nodeCover),
    values('internal_count', tree.nodeCount),
    ...(sets.words.length === 0
      ? []
      : [
          `cat_boundaries=${sets.boundaries.join(' ')}`,
          `cat_threshold=${sets.words.map((set) => set.join(' ')).join(' ')}`,
        ]),
    'is_linear=0',
    'shrinkage=1',
  ];
  return `${lines.join('\n')}\n\n\n`;
}

interface CategorySets {
  /** The sets of the categorical nodes, one after another. */
  readonly words: readonly Uint32Array[];
  readonly boundaries: readonly number[];
  /** Position of each node's set. */
  readonly of: ReadonlyMap<number, number>;
}

/** Missing categories go right there: a node that sends them left lists the others and changes sides. */
function categorySets(tree: Tree, features: readonly ModelFeature[]): CategorySets {
  const words: Uint32Array[] = [];
  const of = new Map<number, number>();
  for (const [node, feature] of tree.splitFeature.entries()) {
    if (!isSetNode(tree, node)) continue;
    of.set(node, words.length);
    const own = nodeLevels(tree, node);
    words.push(levelWords(tree.defaultLeft[node] === 1 ? otherLevels(own, features[feature]) : own));
  }
  const boundaries = [0];
  for (const set of words) boundaries.push((boundaries.at(-1) as number) + set.length);
  return { words, boundaries, of };
}

/** The levels of a feature that are not among these. */
export function otherLevels(levels: readonly number[], feature: ModelFeature | undefined): number[] {
  const listed = new Set(levels);
  return Array.from(feature?.levels ?? [], (_, level) => level).filter((level) => !listed.has(level));
}

interface NodeLine {
  readonly split_feature: number;
  readonly threshold: string;
  readonly decision_type: number;
  readonly left_child: number;
  readonly right_child: number;
}

function nodeLine(tree: Tree, node: number, { ensemble, zeroMissing }: TreeModel, sets: CategorySets): NodeLine {
  const feature = tree.splitFeature[node] as number;
  const [left, right] = [tree.leftChild[node] as number, tree.rightChild[node] as number];
  const missingLeft = tree.defaultLeft[node] === 1;
  const set = sets.of.get(node);
  if (set !== undefined) {
    const [inside, outside] = missingLeft ? [right, left] : [left, right];
    const type = CATEGORICAL | MISSING_NAN;
    return {
      split_feature: feature,
      threshold: String(set),
      decision_type: type,
      left_child: inside,
      right_child: outside,
    };
  }
  const own = tree.threshold[node] as number;
  const threshold = ensemble.inputPrecision === 'float32' ? doubleThreshold(own) : own;
  const missing = zeroMissing.includes(feature) ? MISSING_ZERO : MISSING_NAN;
  return {
    split_feature: feature,
    threshold: text(threshold),
    decision_type: missing | (missingLeft ? DEFAULT_LEFT : 0),
    left_child: left,
    right_child: right,
  };
}

/** The shortest text that reads as the same number. */
function text(value: number): string {
  return String(value + 0);
}

/** LightGBM reads the end of the file as ASCII. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[\u0080-\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
