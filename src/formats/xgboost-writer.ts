// XGBoost's model, as JSON and as UBJSON: float32 trees, base scores in the leaves of the first ones.
import type { Tree } from '../boosting/tree.js';
import { floorFloat32, nextFloat32 } from './float32-neighbours.js';
import { unsupportedFile } from './model-file-error.js';
import { isSetNode, nodeLevels } from './tree-builder.js';
import { treesWithBase } from './tree-folding.js';
import type { TreeModel } from './tree-model.js';
import type { UbjsonValue } from './ubjson-writer.js';
import { writeUbjson } from './ubjson-writer.js';

const NO_PARENT = 2_147_483_647;
const VERSION = Int32Array.of(2, 1, 0);

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
          iteration_indptr: Int32Array.from({ length: trees.length / nOutputs + 1 }, (_, i) => i * nOutputs),
          tree_info: Int32Array.from(trees, (_, t) => t % nOutputs),
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

/** Nodes first, then leaves: positions of both in one row. */
function treeModel(tree: Tree, id: number, { features }: TreeModel): UbjsonValue {
  const nNodes = tree.splitFeature.length;
  const nLeaves = tree.leafValue.length;
  const size = nNodes + nLeaves;
  const place = (child: number): number => (child >= 0 ? child : nNodes + ~child);
  const left = new Int32Array(size).fill(-1);
  const right = new Int32Array(size).fill(-1);
  const parents = new Int32Array(size).fill(NO_PARENT);
  const conditions = new Float32Array(size);
  const defaultLeft = new Uint8Array(size);
  const sets = new Map<number, readonly number[]>();
  for (let node = 0; node < nNodes; node++) {
    let [low, high] = [place(tree.leftChild[node] as number), place(tree.rightChild[node] as number)];
    defaultLeft[node] = tree.defaultLeft[node] as number;
    if (isSetNode(tree, node)) {
      // The listed categories go right there.
      [low, high] = [high, low];
      defaultLeft[node] = 1 - (defaultLeft[node] as number);
      sets.set(node, nodeLevels(tree, node));
    } else conditions[node] = nextFloat32(floorFloat32(tree.threshold[node] as number));
    left[node] = low;
    right[node] = high;
    parents[low] = node;
    parents[high] = node;
  }
  conditions.set(tree.leafValue, nNodes);
  const listed = [...sets.values()];
  return {
    base_weights: new Float32Array(size),
    categories: Int32Array.from(listed.flat()),
    categories_nodes: Int32Array.from(sets.keys()),
    categories_segments: Int32Array.from(listed, (_, i) =>
      listed.slice(0, i).reduce((sum, set) => sum + set.length, 0),
    ),
    categories_sizes: Int32Array.from(listed, (set) => set.length),
    default_left: defaultLeft,
    id,
    left_children: left,
    loss_changes: padded(tree.gain, size),
    parents,
    right_children: right,
    split_conditions: conditions,
    split_indices: Int32Array.from({ length: size }, (_, i) => tree.splitFeature[i] ?? 0),
    split_type: Uint8Array.from({ length: size }, (_, i) => Number(sets.has(i))),
    sum_hessian: Float32Array.of(...tree.nodeCover, ...tree.leafCover),
    tree_param: {
      num_deleted: '0',
      num_feature: String(features.length),
      num_nodes: String(size),
      size_leaf_vector: '1',
    },
  };
}

function padded(values: Float64Array, size: number): Float32Array {
  const all = new Float32Array(size);
  all.set(values);
  return all;
}

/** JSON in which arrays of float32 keep a point or an exponent, which XGBoost's reader asks for. */
function jsonText(value: UbjsonValue): string {
  if (value instanceof Float32Array) return `[${Array.from(value, floatText).join(',')}]`;
  if (value instanceof Int32Array || value instanceof Uint8Array) return `[${value.join(',')}]`;
  if (isList(value)) return `[${value.map(jsonText).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}:${jsonText(item)}`)
    .join(',')}}`;
}

function floatText(value: number): string {
  const text = String(value + 0);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function isList(value: UbjsonValue): value is readonly UbjsonValue[] {
  return Array.isArray(value);
}
