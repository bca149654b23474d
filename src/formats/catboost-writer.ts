// CatBoost's JSON model: trees of any shape over float32 numbers and strings.
import type { Tree } from '../boosting/tree.js';
import type { JsonObject } from '../core/json.js';
import { CatboostSplitTable } from './catboost-split-table.js';
import { unsupportedFile } from './model-file-error.js';
import { isSetNode } from './tree-builder.js';
import type { TreeModel } from './tree-model.js';

/** Nodes past which a tree, unfolded by where missing values go, is refused. */
const MAX_NODES = 1_000_000;

/**
 * The model as JSON. Numbers are compared in float32; categorical features take the levels' own strings.
 * @throws MODEL_FILE_UNSUPPORTED for outputs that no loss of CatBoost has
 */
export function writeCatboostJson(model: TreeModel): Uint8Array {
  if (model.zeroMissing.length > 0) throw unsupportedFile('CatBoost model', 'zeros cannot count as missing there');
  const table = new CatboostSplitTable(model);
  const growing = { model, table, nNodes: 0 };
  const trees = model.ensemble.trees.map((tree, t) => {
    return subtree(growing, { tree, output: t % model.ensemble.nOutputs }, rootOf(tree), new Map());
  });
  const { features, ctrData } = table.json();
  const json = {
    ...(ctrData === undefined ? {} : { ctr_data: ctrData }),
    features_info: features,
    model_info: {
      ...(model.task === 'regression' ? {} : { class_params: classParams(model) }),
      params: {
        data_processing_options: { float_features_binarization: { nan_mode: 'Min' } },
        loss_function: { type: lossOf(model), params: {} },
      },
    },
    scale_and_bias: [1, Array.from(model.ensemble.baseScore, (value) => value + 0)],
    trees,
  };
  return new TextEncoder().encode(JSON.stringify(json));
}

function rootOf(tree: Tree): number {
  return tree.splitFeature.length === 0 ? -1 : 0;
}

interface Growing {
  readonly model: TreeModel;
  readonly table: CatboostSplitTable;
  nNodes: number;
}

interface Source {
  readonly tree: Tree;
  readonly output: number;
}

/**
 * A subtree as nested nodes. A feature has one way for missing values there: where a node sends them the other way, a test for
 * missing comes first, and below it the feature is known to be missing or not.
 */
function subtree(growing: Growing, source: Source, child: number, missing: ReadonlyMap<number, boolean>): JsonObject {
  if (++growing.nNodes > MAX_NODES) {
    throw unsupportedFile('CatBoost model', 'missing values go too many ways for its one way a feature');
  }
  const { tree, output } = source;
  const { nOutputs } = growing.model.ensemble;
  if (child < 0) {
    const value = (tree.leafValue[~child] as number) + 0;
    const all = Array.from({ length: nOutputs }, (_, k) => (k === output ? value : 0));
    return { value: nOutputs === 1 ? value : all, weight: tree.leafCover[~child] as number };
  }
  const feature = tree.splitFeature[child] as number;
  const [left, right] = [tree.leftChild[child] as number, tree.rightChild[child] as number];
  const missingLeft = tree.defaultLeft[child] === 1;
  const grow = (to: number, known = missing): JsonObject => subtree(growing, source, to, known);
  if (isSetNode(tree, child)) {
    const { split, setPasses } = growing.table.setSplit(tree, child);
    const [passes, fails] = setPasses ? [left, right] : [right, left];
    return { left: grow(fails), right: grow(passes), split };
  }
  const known = missing.get(feature);
  if (known === true) return grow(missingLeft ? left : right);
  const split = growing.table.borderSplit(feature, tree.threshold[child] as number);
  if (known === false || missingLeft) return { left: grow(left), right: grow(right), split };
  const present = new Map(missing).set(feature, false);
  const absent = new Map(missing).set(feature, true);
  return {
    left: grow(right, absent),
    right: { left: grow(left, present), right: grow(right, present), split },
    split: growing.table.missingSplit(feature),
  };
}

function classParams({ nClasses, classes }: TreeModel): JsonObject {
  const positions = Array.from({ length: nClasses }, (_, k) => k);
  const texts = classes?.map(String);
  return {
    class_label_type: texts === undefined ? 'Integer' : 'String',
    class_names: texts ?? positions,
    class_to_label: positions,
    classes_count: 0,
  };
}

function lossOf({ link, task, objective }: TreeModel): string {
  const supported = link.divisor === 1 && link.slope === 1;
  if (supported && task === 'binary' && link.name === 'sigmoid') return 'Logloss';
  if (supported && task === 'multiclass' && link.name === 'softmax') return 'MultiClass';
  if (supported && task === 'multiclass' && link.name === 'sigmoid') return 'MultiClassOneVsAll';
  if (supported && task === 'regression' && link.name === 'identity') return 'RMSE';
  if (supported && task === 'regression' && link.name === 'exp') return 'Poisson';
  if (supported && task === 'regression' && link.name === 'sigmoid') return 'CrossEntropy';
  throw unsupportedFile('CatBoost model', `objective ${objective} has no equal there`);
}
