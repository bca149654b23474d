// CatBoost's JSON models: symmetric and other trees over numbers, single categories and statistics of one category.
import { checkTreeEnsemble } from '../boosting/scoring/check-tree-ensemble.js';
import type { Tree } from '../boosting/tree.js';
import type { Label } from '../core/cell.js';
import { jsonFields } from '../transforms/json-fields.js';
import type { CatboostSplit } from './catboost-split.js';
import { catboostSplits } from './catboost-splits.js';
import { nestedTrees, symmetricTrees } from './catboost-tree-reader.js';
import { jsonMember } from './json-member.js';
import { brokenFile, unsupportedFile } from './model-file-error.js';
import type { LinkName } from './score-link.js';
import { scoreLink } from './score-link.js';
import type { TreeModel } from './tree-model.js';

const FORMAT = 'CatBoost model';
const MAX_OUTPUTS = 10_000;

const TASK_LINKS: Readonly<Record<string, readonly [TreeModel['task'], LinkName]>> = {
  Logloss: ['binary', 'sigmoid'],
  CrossEntropy: ['binary', 'sigmoid'],
  MultiClass: ['multiclass', 'softmax'],
  MultiClassOneVsAll: ['multiclass', 'sigmoid'],
  Poisson: ['regression', 'exp'],
  Tweedie: ['regression', 'exp'],
};
/** Losses whose scores are no predictions. */
const REFUSED =
  /^(RMSEWithUncertainty|MultiRMSE|MultiRMSEWithMissingValues|MultiLogloss|MultiCrossEntropy|SurvivalAft|MultiQuantile|Cox)$/;

/**
 * Reads a parsed model.
 * @throws BUNDLE_INVALID where its numbers do not fit together
 * @throws MODEL_FILE_UNSUPPORTED for what the file does not say or cannot be served, such as combinations of categories
 */
export function readCatboost(json: unknown): TreeModel {
  const [scale, bias] = scaleAndBias(json);
  const { features, splits } = catboostSplits(json);
  const loss = String(jsonMember(json, 'model_info', 'params', 'loss_function', 'type') ?? 'RMSE');
  if (REFUSED.test(loss)) throw unsupportedFile(FORMAT, `loss ${loss} cannot be served`);
  const [task, link] = (Object.hasOwn(TASK_LINKS, loss) && TASK_LINKS[loss]) || (['regression', 'identity'] as const);
  const nOutputs = bias.length;
  if ((task === 'multiclass') !== nOutputs > 1) throw brokenFile(FORMAT, `bias does not fit loss ${loss.slice(0, 40)}`);
  const ensemble = {
    nFeatures: features.length,
    nOutputs,
    baseScore: Float64Array.from(bias),
    trees: treesOf(json, splits, nOutputs, scale),
    inputPrecision: 'float32',
    sumPrecision: 'float64',
  } as const;
  checkTreeEnsemble(ensemble);
  return {
    task,
    nClasses: { binary: 2, multiclass: nOutputs, regression: 1 }[task],
    link: scoreLink(link),
    features,
    ensemble,
    zeroMissing: [],
    objective: loss,
    classes: classLabels(json, task === 'regression' ? 0 : Math.max(2, nOutputs)),
  };
}

function scaleAndBias(json: unknown): [number, number[]] {
  const found = jsonMember(json, 'scale_and_bias');
  const [scale, bias] = Array.isArray(found) ? found : [];
  const list = Array.isArray(bias) ? bias : [bias];
  const numbers = list.filter((value): value is number => Number.isFinite(value));
  if (typeof scale !== 'number' || numbers.length !== list.length || list.length === 0 || list.length > MAX_OUTPUTS) {
    throw brokenFile(FORMAT, 'scale_and_bias must be a number and a list of numbers');
  }
  return [scale, numbers];
}

function treesOf(json: unknown, splits: readonly CatboostSplit[], nOutputs: number, scale: number): Tree[] {
  const fields = jsonFields(FORMAT, json);
  const reading = { splits, nOutputs, scale };
  if (jsonMember(json, 'oblivious_trees') !== undefined) return symmetricTrees(fields.list('oblivious_trees'), reading);
  return nestedTrees(fields.list('trees'), reading);
}

function classLabels(json: unknown, nClasses: number): readonly Label[] | undefined {
  const names = jsonMember(json, 'model_info', 'class_params', 'class_names');
  if (!Array.isArray(names) || names.length !== nClasses || nClasses === 0) return undefined;
  const isLabel = (name: unknown): name is Label => ['string', 'number', 'boolean'].includes(typeof name);
  return names.every(isLabel) && new Set(names).size === nClasses ? names : undefined;
}

/** Whether parsed JSON looks like a model of CatBoost. */
export function isCatboost(json: unknown): boolean {
  return jsonMember(json, 'features_info') !== undefined && jsonMember(json, 'scale_and_bias') !== undefined;
}
