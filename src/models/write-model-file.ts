// A fitted model as a file that another library loads.

import type { FittedModel } from '../core/model.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { formatModelFile } from '../formats/format-model-file.js';
import type { ModelFileFormat } from '../formats/model-file-format.js';
import type { LinkName } from '../formats/score-link.js';
import { scoreLink } from '../formats/score-link.js';
import type { TreeModel } from '../formats/tree-model.js';
import { FittedGradientBoosting } from './fitted-gradient-boosting.js';
import { FittedMlXgboost } from './fitted-ml-xgboost.js';
import { FittedTreeEnsemble } from './fitted-tree-ensemble.js';

/**
 * The trees of a model in the format of LightGBM (text), XGBoost (JSON, UBJ) or CatBoost (JSON). Preprocessing is not in the
 * file: the features are those that the model was fitted on, categories being level positions, but for CatBoost, which takes the
 * levels themselves.
 * @throws MODEL_FILE_UNSUPPORTED for models without trees, and for what the format cannot say
 * @example
 * await writeFile('model.txt', writeModelFile(model, 'lightgbm'));
 */
export function writeModelFile(model: FittedModel, format: ModelFileFormat): Uint8Array {
  const trees = writableTrees(model);
  if (trees !== undefined) return formatModelFile(trees, format);
  const rule = `a ${model.kind} model has no trees that ${format} could hold`;
  throw new TabwrightError('MODEL_FILE_UNSUPPORTED', `${rule}; export it as onnx, or serve its bundle`);
}

/** The trees that a file can hold: those of {@link treeModel}, and those of ml-xgboost to the last places of float32. */
export function writableTrees(model: FittedModel): TreeModel | undefined {
  return model instanceof FittedMlXgboost ? model.trees() : treeModel(model);
}

/** The trees of a model whose scores are exactly theirs, with their link; undefined for any other model. */
export function treeModel(model: FittedModel): TreeModel | undefined {
  if (model instanceof FittedTreeEnsemble) return model.source;
  if (!(model instanceof FittedGradientBoosting)) return undefined;
  const { task, features, ensemble, objective } = model;
  const nClasses = { binary: 2, multiclass: ensemble.nOutputs, regression: 1 }[task];
  const link = scoreLink(LINKS[objective.name] ?? 'identity');
  return { task, nClasses, features, ensemble, link, zeroMissing: [], objective: objective.name };
}

const LINKS: Readonly<Record<string, LinkName>> = { binary: 'sigmoid', multiclass: 'softmax', poisson: 'exp' };
