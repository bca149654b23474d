// XGBoost's model, as JSON and as UBJSON: float32 trees, base scores in the leaves of the first ones.
import type { Tree } from '../boosting/tree.js';
import { floorFloat32, nextFloat32 } from './float32-neighbours.js';
import { unsupportedFile } from './model-file-error.js';
import { isSetNode, nodeLevels } from './tree-builder.js';
import { treesWithBase } from './tree-folding.js';
import type { TreeModel } from './tree-model.js';
import type { UbjsonValue } from './ubjson-writer.js';
import { writeUbjson } from './ubjson-writer.js';

const HIGHEST = 3.4028234663852886e38;
const NO_PARENT = 2_147_483_647;
const VERSION = [2, 1, 0] as const;

/** The model as JSON. Numbers are rounded to float32, and features compared so. @throws MODEL_FILE_UNSUPPORTED */
export function writeXgboostJson(model: TreeModel): Uint8Array {
  return new TextEncoder().encode(jsonText(xgboostModel(model)));
}

/** The model as UBJSON. @throws MODEL_FILE_UNSUPPORTED */
export function writeXgboostUbj(model: TreeModel): Uint8Array {
  return writeUbjson(xgboostModel(model));
}

function xgboostModel(model: TreeModel): { readonly [key: string]: UbjsonValue } {
  const { ensemble, features, nClasses, task } = model;
  const { nOutputs } = ensemble;
  const trees = treesWithBase(ensemble);
  const { objective, baseScore } = objectiveOf(model);
  return {
    learner: {
      attributes: {},
      feature_names: features.map(({ name }) => name),
      feature_types: features.map(({ kind }) => (kind === 'categorical' ? 'c' : 'float')),
      gradient_booster: {
        model: {
          gbtree_model_param: { num_parallel_tree: '1', num_trees: String(trees.length) },
          iteration_indptr: Array.from({ length: trees.length / nOutputs + 1 }, (_, i) => i * nOutputs),
          tree_info: trees.map((_, t) => t % nOutputs),
          trees: trees.map((tree, t) => treeModel(tree, t, model)),
        },
        name: 'gbtree',
      },
      learner_model_param: {
        base_score: baseScore,
        boost_from_average: '1',
        num_class: task === 'multiclass' ? String(nClasses) : '0',
        num_feature: String(features.length),
        num_target: '1',
      },
      objective,
    },
    version: VERSION,
  };
}

/** The objective, and the base score that stands for a raw score of 0. */
function objectiveOf({ link, task, nClasses, objective }: TreeModel): { objective: UbjsonValue; baseScore: string } {
  const loss = { reg_loss_param: { scale_pos_weight: '1' } };
  const supported = link.divisor === 1 && link.slope === 1;
  if (supported && task === 'binary' && link.name === 'sigmoid') {
    return { objective: { name: 'binary:logistic', ...loss }, baseScore: '5E-1' };
  }
  if (supported && task === 'multiclass' && link.name === 'softmax') {
    const classes = { softmax_multiclass_param: { num_class: String(nClasses) } };
    return { objective: { name: 'multi:softprob', ...classes }, baseScore: '0E0' };
  }
  if (supported && task === 'regression') {
    if (link.name === 'identity') return { objective: { name: 'reg:squarederror', ...loss }, baseScore: '0E0' };
    if (link.name === 'sigmoid') return { objective: { name: 'reg:logistic', ...loss }, baseScore: '5E-1' };
    if (link.name === 'exp') {
      const poisson = { poisson_regression_param: { max_delta_step: '0.7' } };
      return { objective: { name: 'count:poisson', ...poisson }, baseScore: '1E0' };
    }
  }
  if (supported && task === 'binary' && link.name === 'positive') {
    return { objective: { name: 'binary:hinge' }, baseScore: '0E0' };
  }
  throw unsupportedFile('XGBoost model', `objective ${objective} has no equal there`);
}

/** A node or leaf of a tree at a place of XGBoost's arrays; its children stand side by side, which its predictor relies on. */
interface Placed {
  /** As in {@link Tree}: a node, or `~` a leaf. */
  readonly child: number;
  readonly parent: number;
  /** Place of the left child; the right one comes next. -1 at a leaf. */
  left: number;
}

function placed(tree: Tree): Placed[] {
  const all: Placed[] = [{ child: tree.splitFeature.length === 0 ? -1 : 0, parent: NO_PARENT, left: -1 }];
  for (let at = 0; at < all.length; at++) {
    const { child } = all[at] as Placed;
    if (child < 0) continue;
    const [left, right] = [tree.leftChild[child] as number, tree.rightChild[child] as number];
    // The listed categories go right there.
    const pair = isSetNode(tree, child) ? [right, left] : [left, right];
    (all[at] as Placed).left = all.length;
    for (const each of pair) all.push({ child: each, parent: at, left: -1 });
  }
  return all;
}

function treeModel(tree: Tree, id: number, { features }: TreeModel): UbjsonValue {
  const all = placed(tree);
  const ofNode = (read: (node: number) => number): number[] => all.map(({ child }) => (child >= 0 ? read(child) : 0));
  const categorical = all.flatMap(({ child }, at) => (child >= 0 && isSetNode(tree, child) ? [at] : []));
  const sets = categorical.map((at) => nodeLevels(tree, (all[at] as Placed).child));
  const starts = sets.map((_, i) => sets.slice(0, i).reduce((sum, set) => sum + set.length, 0));
  const size = all.length;
  return {
    base_weights: new Float32Array(size),
    categories: Int32Array.from(sets.flat()),
    categories_nodes: Int32Array.from(categorical),
    categories_segments: BigInt64Array.from(starts, BigInt),
    categories_sizes: BigInt64Array.from(sets, (set) => BigInt(set.length)),
    default_left: Uint8Array.from(
      ofNode((node) => {
        const left = tree.defaultLeft[node] as number;
        return isSetNode(tree, node) ? 1 - left : left;
      }),
    ),
    id,
    left_children: Int32Array.from(all, ({ left }) => left),
    loss_changes: Float32Array.from(ofNode((node) => tree.gain[node] as number)),
    parents: Int32Array.from(all, ({ parent }) => parent),
    right_children: Int32Array.from(all, ({ left }) => (left < 0 ? -1 : left + 1)),
    split_conditions: Float32Array.from(all, ({ child }) => {
      if (child < 0) return tree.leafValue[~child] as number;
      return isSetNode(tree, child) ? 0 : condition(tree.threshold[child] as number);
    }),
    split_indices: Int32Array.from(ofNode((node) => tree.splitFeature[node] as number)),
    split_type: Uint8Array.from(ofNode((node) => Number(isSetNode(tree, node)))),
    sum_hessian: Float32Array.from(all, ({ child }) => {
      return (child >= 0 ? tree.nodeCover[child] : tree.leafCover[~child]) as number;
    }),
    tree_param: {
      num_deleted: '0',
      num_feature: String(features.length),
      num_nodes: String(size),
      size_leaf_vector: '1',
    },
  };
}

/** `x <= threshold` is `x < condition` for float32 numbers. */
function condition(threshold: number): number {
  return Math.min(nextFloat32(floorFloat32(threshold)), HIGHEST);
}

/** JSON in which arrays of float32 keep a point or an exponent, which XGBoost's reader asks for. */
function jsonText(value: UbjsonValue): string {
  if (value instanceof Float32Array) return `[${Array.from(value, floatText).join(',')}]`;
  if (value instanceof Int32Array || value instanceof BigInt64Array || value instanceof Uint8Array)
    return `[${value.join(',')}]`;
  if (isList(value)) return `[${value.map(jsonText).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}:${jsonText(item)}`)
    .join(',')}}`;
}

/** The shortest digits of the double, with an exponent: long numbers without one are misread there. */
function floatText(value: number): string {
  return (value + 0).toExponential();
}

function isList(value: UbjsonValue): value is readonly UbjsonValue[] {
  return Array.isArray(value);
}
