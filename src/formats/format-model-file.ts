// Trees to bytes of a model file, by format.
import { writeCatboostJson } from './catboost-writer.js';
import { writeLightgbmText } from './lightgbm-text-writer.js';
import type { ModelFileFormat } from './model-file-format.js';
import type { TreeModel } from './tree-model.js';
import { writeXgboostJson, writeXgboostUbj } from './xgboost-writer.js';

const WRITERS: Readonly<Record<ModelFileFormat, (model: TreeModel) => Uint8Array>> = {
  lightgbm: writeLightgbmText,
  'xgboost-json': writeXgboostJson,
  'xgboost-ubj': writeXgboostUbj,
  'catboost-json': writeCatboostJson,
};

/** The file of a model of trees. @throws MODEL_FILE_UNSUPPORTED for what the format cannot say */
export function formatModelFile(model: TreeModel, format: ModelFileFormat): Uint8Array {
  return WRITERS[format](model);
}
