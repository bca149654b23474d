// A native flavor beside the loader's, for models whose raw file alone gives the same scores: no preprocessing, the same precision.
import type { FeatureSpec } from '../core/feature-spec.js';
import type { FittedModel } from '../core/model.js';
import type { FittedTransformer } from '../core/transformer.js';
import type { ModelFileFormat } from '../formats/model-file-format.js';
import { treeModel, writeModelFile } from '../models/write-model-file.js';
import { BUNDLE_LAYOUT } from './bundle-layout.js';

/** A flavor of MLmodel and the files that it names. */
export interface NativeFlavor {
  readonly flavor: Readonly<Record<string, object>>;
  readonly files: readonly [string, Uint8Array][];
}

interface NativeForm {
  readonly format: ModelFileFormat;
  readonly file: string;
  readonly flavor: (data: string) => Readonly<Record<string, object>>;
}

/** By the precision of inputs and of sums. */
const FORMS: Readonly<Record<string, NativeForm>> = {
  'float64 float64': {
    format: 'lightgbm',
    file: 'model.lgb',
    flavor: (data) => ({ lightgbm: { data, lgb_version: '4.7.0', model_class: 'lightgbm.basic.Booster' } }),
  },
  'float32 float32': {
    format: 'xgboost-ubj',
    file: 'model.ubj',
    flavor: (data) => ({
      xgboost: { data, model_class: 'xgboost.core.Booster', model_format: 'ubj', xgb_version: '3.2.0' },
    }),
  },
  'float32 float64': {
    format: 'catboost-json',
    file: 'model.json',
    flavor: (data) => ({ catboost: { data, model_type: 'CatBoost', save_format: 'json', catboost_version: '1.2.10' } }),
  },
};

/** The native flavor of a model, or undefined where there is none that alone gives its scores. */
export function nativeFlavor(
  { fields }: FeatureSpec,
  pipeline: FittedTransformer,
  model: FittedModel,
): NativeFlavor | undefined {
  const trees = treeModel(model);
  if (trees === undefined || pipeline.outputs.length > 0) return undefined;
  const isRaw = fields.every(({ type }) => type === 'number' || type === 'integer');
  const same = model.features.every(({ name, kind }, i) => kind === 'numeric' && fields[i]?.name === name);
  const form = FORMS[`${trees.ensemble.inputPrecision} ${trees.ensemble.sumPrecision}`];
  if (!isRaw || !same || fields.length !== model.features.length || form === undefined) return undefined;
  const path = `${BUNDLE_LAYOUT.nativeFolder}${form.file}`;
  return { flavor: form.flavor(path), files: [[path, writeModelFile(model, form.format)]] };
}
