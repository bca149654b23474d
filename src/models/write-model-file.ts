// A fitted model as a file that another library loads.

import type { FittedModel } from '../core/model.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { formatModelFile } from '../formats/format-model-file.js';
import type { ModelFileFormat } from '../formats/model-file-format.js';
import { writeOnnxLinear, writeOnnxTrees } from '../formats/onnx-writer.js';
import type { LinkName } from '../formats/score-link.js';
import { scoreLink } from '../formats/score-link.js';
import type { TreeModel } from '../formats/tree-model.js';
import { FittedGradientBoosting } from './fitted-gradient-boosting.js';
import { FittedLinearModel } from './fitted-linear-model.js';
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
  const trees = treeModel(model);
  if (trees !== undefined) return formatModelFile(trees, format);
  const rule = `a ${model.kind} model has no trees that ${format} could hold`;
  throw new TabwrightError('MODEL_FILE_UNSUPPORTED', `${rule}; export it as onnx, or serve its bundle`);
}

/**
 * A model as ONNX, without its preprocessing: input `features` [N, nFeatures] of float64, encoded as the model takes them (NaN for
 * missing, categories as level positions), output `scores` [N, nOutputs].
 * @throws MODEL_FILE_UNSUPPORTED for kinds and outputs that ONNX has no operator for
 */
export function writeOnnxFile(model: FittedModel): Uint8Array {
  const trees = treeModel(model);
  if (trees !== undefined) return writeOnnxTrees(trees);
  if (model instanceof FittedLinearModel) {
    const link = ({ binary: 'sigmoid', multiclass: 'softmax', regression: 'identity' } as const)[model.task];
    const { coefficients, intercepts, features } = model;
    return writeOnnxLinear({ nFeatures: features.length, coefficients, intercepts, link });
  }
  throw new TabwrightError(
    'MODEL_FILE_UNSUPPORTED',
    `a ${model.kind} model cannot be written as ONNX; serve its bundle`,
  );
}

/** The trees of a model with their link; undefined for a model that is no sum of trees. */
export function treeModel(model: FittedModel): TreeModel | undefined {
  if (model instanceof FittedTreeEnsemble) return model.source;
  if (!(model instanceof FittedGradientBoosting)) return undefined;
  const { task, features, ensemble, objective } = model;
  const nClasses = { binary: 2, multiclass: ensemble.nOutputs, regression: 1 }[task];
  const link = scoreLink(LINKS[objective.name] ?? 'identity');
  return { task, nClasses, features, ensemble, link, zeroMissing: [], objective: objective.name };
}

const LINKS: Readonly<Record<string, LinkName>> = { binary: 'sigmoid', multiclass: 'softmax', poisson: 'exp' };
