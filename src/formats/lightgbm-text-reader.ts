// LightGBM's text format, version 4 and its forerunners (gbdt_model_text.cpp and tree.cpp of LightGBM).
import { checkTreeEnsemble } from '../boosting/scoring/check-tree-ensemble.js';
import type { Tree } from '../boosting/tree.js';
import type { ModelFeature } from '../core/feature-matrix.js';
import { lightgbmObjective } from './lightgbm-objective.js';
import { brokenFile, unsupportedFile } from './model-file-error.js';
import { buildTree } from './tree-builder.js';
import type { TreeModel } from './tree-model.js';

const FORMAT = 'LightGBM model';
const CATEGORICAL = 1;
const DEFAULT_LEFT = 2;
const MISSING_ZERO = 1;
const MISSING_NAN = 2;
const MAX_TREES = 1_000_000;

type Fields = ReadonlyMap<string, string>;

/**
 * Reads a saved model.
 * @throws BUNDLE_INVALID where the text is cut off or its numbers do not fit together
 * @throws MODEL_FILE_UNSUPPORTED for linear trees and objectives that cannot be served
 */
export function readLightgbmText(text: string): TreeModel {
  const [head = '', ...blocks] = text.replaceAll('\r\n', '\n').split(/^Tree=\d+$/m);
  if (!/^tree\b/.test(head)) throw broken('must start with the line tree');
  if (!/^end of trees/m.test(blocks.at(-1) ?? head)) throw broken('has no end of trees: it is cut off');
  const header = fieldsOf(head);
  const nOutputs = integer(header, 'num_tree_per_iteration', 1, 100_000);
  const names = text1(header, 'feature_names').split(' ');
  if (names.length !== integer(header, 'max_feature_idx', 0, 1_000_000) + 1) throw broken('feature_names do not fit');
  if (blocks.length > MAX_TREES || blocks.length % nOutputs !== 0) throw broken('the number of trees does not fit');
  const objective = lightgbmObjective(header.get('objective') ?? 'regression', nOutputs);
  const read = blocks.map((block, i) =>
    readTree(fieldsOf(block.split(/^end of trees/m)[0] as string), i, names.length),
  );
  const ensemble = {
    nFeatures: names.length,
    nOutputs,
    baseScore: new Float64Array(nOutputs),
    trees: read.map(({ tree }) => tree),
    inputPrecision: 'float64',
    sumPrecision: 'float64',
  } as const;
  checkTreeEnsemble(ensemble);
  const divisor = header.has('average_output') ? Math.max(1, blocks.length / nOutputs) : 1;
  return {
    ...objective,
    link: { ...objective.link, divisor },
    features: features(names, header, text),
    ensemble,
    zeroMissing: zeroMissing(read.map(({ zero, other }) => [zero, other])),
  };
}

/** Lines `key=value`; a line without `=` is a key alone. */
function fieldsOf(block: string): Fields {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const at = line.indexOf('=');
    if (line !== '') fields.set(at < 0 ? line : line.slice(0, at), at < 0 ? '' : line.slice(at + 1));
  }
  return fields;
}

interface ReadTree {
  readonly tree: Tree;
  /** Features tested with zero as missing, and with another rule. */
  readonly zero: readonly number[];
  readonly other: readonly number[];
}

function readTree(fields: Fields, index: number, nFeatures: number): ReadTree {
  const at = `tree ${index}`;
  if (fields.get('is_linear') === '1') throw unsupportedFile(FORMAT, `${at} is linear; train without linear_tree`);
  const nLeaves = integer(fields, 'num_leaves', 1, 2 ** 24);
  const list = (key: string, length: number): number[] => numbers(fields, key, length, at);
  const optional = (key: string, length: number): number[] =>
    fields.get(key) === undefined || fields.get(key) === '' ? new Array<number>(length).fill(0) : list(key, length);
  const values = list('leaf_value', nLeaves);
  if (nLeaves === 1) return { tree: buildTree([], [{ value: values[0] as number }]), zero: [], other: [] };
  const nNodes = nLeaves - 1;
  const decisions = list('decision_type', nNodes);
  const [split, thresholds] = [list('split_feature', nNodes), thresholdList(fields, nNodes, at)];
  const [left, right] = [list('left_child', nNodes), list('right_child', nNodes)];
  const [gain, weight, count] = [
    optional('split_gain', nNodes),
    optional('internal_weight', nNodes),
    optional('internal_count', nNodes),
  ];
  const [leafWeight, leafCount] = [optional('leaf_weight', nLeaves), optional('leaf_count', nLeaves)];
  const sets = categorySets(fields, at);
  const nodes = decisions.map((decision, node) => {
    const categorical = (decision & CATEGORICAL) !== 0;
    const threshold = thresholds[node] as number;
    const words = categorical ? sets(threshold) : undefined;
    return {
      feature: featureAt(split[node] as number, nFeatures, at),
      threshold: categorical ? 0 : threshold,
      defaultLeft: !categorical && missingGoesLeft(decision, threshold),
      left: child(left[node] as number, at),
      right: child(right[node] as number, at),
      words,
      gain: Math.abs(gain[node] as number),
      cover: Math.abs(weight[node] as number),
      count: count[node],
    };
  });
  const leaves = values.map((value, leaf) => ({
    value,
    cover: Math.abs(leafWeight[leaf] as number),
    count: leafCount[leaf],
  }));
  const byMissing = (zero: boolean): number[] =>
    nodes
      .filter((_, i) => (missingType(decisions[i] as number) === MISSING_ZERO) === zero)
      .map(({ feature }) => feature);
  return { tree: buildTree(nodes, leaves), zero: byMissing(true), other: byMissing(false) };
}

function missingType(decision: number): number {
  return (decision & CATEGORICAL) !== 0 ? MISSING_NAN : (decision >> 2) & 3;
}

/** Where training saw no missing values, NaN counts as 0. */
function missingGoesLeft(decision: number, threshold: number): boolean {
  return missingType(decision) === 0 ? threshold >= 0 : (decision & DEFAULT_LEFT) !== 0;
}

function categorySets(fields: Fields, at: string): (index: number) => number[] {
  const nSets = fields.get('num_cat') === undefined ? 0 : integer(fields, 'num_cat', 0, 2 ** 24);
  if (nSets === 0) return () => [];
  const boundaries = numbers(fields, 'cat_boundaries', nSets + 1, at);
  const nWords = boundaries.at(-1) as number;
  const words = numbers(fields, 'cat_threshold', nWords, at);
  if (!words.every((word) => Number.isInteger(word) && word >= 0 && word < 2 ** 32)) throw broken(`${at}: a bit set`);
  return (index) => {
    const [start, end] = [boundaries[index], boundaries[index + 1]];
    if (start === undefined || end === undefined || !(start >= 0 && end > start && end <= nWords)) {
      throw broken(`${at}: a split names no set of categories`);
    }
    return words.slice(start, end);
  };
}

function featureAt(feature: number, nFeatures: number, at: string): number {
  if (Number.isInteger(feature) && feature >= 0 && feature < nFeatures) return feature;
  throw broken(`${at}: split_feature must be below ${nFeatures}`);
}

function child(value: number, at: string): number {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 30) return value;
  throw broken(`${at}: a child must be a position`);
}

/** LightGBM keeps one rule for missing values a feature. */
function zeroMissing(trees: readonly (readonly [readonly number[], readonly number[]])[]): number[] {
  const zero = new Set(trees.flatMap(([features]) => features));
  if (trees.some(([, other]) => other.some((feature) => zero.has(feature)))) {
    throw broken('a feature has two rules for missing values');
  }
  return [...zero].sort((a, b) => a - b);
}

/** Names, and levels where the model was trained on a data frame with categories. */
function features(names: readonly string[], header: Fields, text: string): ModelFeature[] {
  if (new Set(names).size !== names.length) throw broken('feature_names must differ');
  const lists = pandasCategories(text);
  const infos = (header.get('feature_infos') ?? '').split(' ');
  const categorical = names.flatMap((_, i) => (/^-?\d+(:-?\d+)*$/.test(infos[i] ?? '') ? [i] : []));
  if (lists.length !== categorical.length) return names.map((name) => ({ name, kind: 'numeric' }));
  return names.map((name, i) => {
    const levels = lists[categorical.indexOf(i)];
    return levels === undefined ? { name, kind: 'numeric' } : { name, kind: 'categorical', levels };
  });
}

function pandasCategories(text: string): string[][] {
  const line = /^pandas_categorical:(\[.*\])\s*$/m.exec(text)?.[1];
  if (line === undefined) return [];
  let lists: unknown;
  try {
    lists = JSON.parse(line);
  } catch (cause) {
    throw brokenFile(FORMAT, 'pandas_categorical must be JSON', cause);
  }
  if (!Array.isArray(lists) || !lists.every((list) => Array.isArray(list) && list.every(isLevel))) {
    throw broken('pandas_categorical must be lists of categories');
  }
  return lists.map((list: unknown[]) => list.map(String));
}

function isLevel(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function text1(fields: Fields, key: string): string {
  const value = fields.get(key);
  if (value === undefined) throw broken(`has no ${key}`);
  return value;
}

function integer(fields: Fields, key: string, min: number, max: number): number {
  const value = Number(text1(fields, key));
  if (!Number.isInteger(value) || value < min || value > max) throw broken(`${key} must be in [${min}, ${max}]`);
  return value;
}

function numbers(fields: Fields, key: string, length: number, at: string): number[] {
  const found = text1(fields, key).trim().split(/ +/).map(Number);
  if (found.length !== length || !found.every(Number.isFinite)) {
    throw broken(`${at}: ${key} must have ${length} finite numbers`);
  }
  return found;
}

/** Bounds past all numbers are written as `inf`; no number is at most `nan`. */
function thresholdList(fields: Fields, length: number, at: string): number[] {
  const spelled = text1(fields, 'threshold').replaceAll(/(?<![\w.+-])(-?)(?:inf|nan)\b/gi, (word) => {
    return String(/^inf/i.test(word) ? Number.MAX_VALUE : -Number.MAX_VALUE);
  });
  return numbers(new Map([['threshold', spelled]]), 'threshold', length, at);
}

function broken(rule: string): Error {
  return brokenFile(FORMAT, rule);
}
