// Makes fitted models from their files. Loads nothing that only fitting needs, since it runs in processes that only score.
import type { FittedModel, ModelFiles, ModelReader } from '../core/model.js';
import { nearestName } from '../core/nearest-name.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { readConstant } from './fitted-constant.js';
import { gradientBoostingReader } from './fitted-gradient-boosting.js';
import { linearModelReader } from './fitted-linear-model.js';
import { readMlXgboost } from './fitted-ml-xgboost.js';
import { onnxReader } from './fitted-onnx.js';
import { readTreeEnsemble } from './fitted-tree-ensemble.js';

/** Readers of the built-in kinds. */
const READERS: Readonly<Record<string, ModelReader>> = {
  logistic: linearModelReader('logistic'),
  linear: linearModelReader('linear'),
  mlXgboost: readMlXgboost,
  lightgbm: gradientBoostingReader('lightgbm'),
  xgboost: gradientBoostingReader('xgboost'),
  catboost: gradientBoostingReader('catboost'),
  constant: readConstant,
  treeEnsemble: readTreeEnsemble,
  onnx: onnxReader(),
};

/**
 * Makes a fitted model again from the files that its `toFiles` gave; the files are untrusted.
 * @param kind the kind that the files are of
 * @param custom readers of kinds that are not built in; they come before the built-in ones
 * @throws MODEL_KIND_UNKNOWN where nothing reads this kind
 * @throws BUNDLE_INVALID where the files are incomplete, cut off or altered
 */
export function readModel(
  kind: string,
  files: ModelFiles,
  custom: Readonly<Record<string, ModelReader>> = {},
): FittedModel {
  for (const readers of [custom, READERS]) {
    const reader = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
    if (reader !== undefined) return reader(files);
  }
  throw unknownKind(kind, [...Object.keys(custom), ...Object.keys(READERS)]);
}

function unknownKind(kind: string, known: readonly string[]): TabwrightError {
  const nearest = nearestName(kind, known);
  const hint = nearest === undefined ? `readers exist for ${known.join(', ')}` : `did you mean ${nearest}?`;
  const shown = JSON.stringify(kind.slice(0, 60));
  return new TabwrightError('MODEL_KIND_UNKNOWN', `nothing reads a model of kind ${shown}; ${hint}`);
}
