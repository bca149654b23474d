// What a model file is, by its first bytes; formats that cannot be read are named with the line of Python that converts them.
import { unsupportedFile } from './model-file-error.js';
import { isOnnx } from './onnx-reader.js';

export const MODEL_FILE_FORMATS = ['lightgbm', 'xgboost-json', 'xgboost-ubj', 'catboost-json'] as const;

/** A format of model files that can be read. */
export type ModelFileFormat = (typeof MODEL_FILE_FORMATS)[number];

const CATBOOST_BINARY = 'CBM1';
const PICKLE_ADVICE = [
  "model.booster_.save_model('model.txt') for LightGBM",
  "model.save_model('model.json') for XGBoost",
  "model.save_model('model.json', format='json', pool=train_pool) for CatBoost",
].join(', ');

/**
 * The format of a file's bytes; JSON is told apart by its contents later, and counts as XGBoost's here.
 * @throws MODEL_FILE_UNSUPPORTED for pickle, skops, CatBoost's binary form, ONNX, and anything unknown
 */
export function modelFileFormat(bytes: Uint8Array): 'lightgbm' | 'json' | 'ubj' {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 64));
  if (head.startsWith('tree\n') || head.startsWith('tree\r\n')) return 'lightgbm';
  if (head.startsWith(CATBOOST_BINARY)) {
    throw unsupportedFile(
      'CatBoost model',
      'the binary form (.cbm) cannot be read',
      "model.save_model('model.json', format='json', pool=train_pool)",
    );
  }
  if (head.startsWith('\x80') || head.startsWith('('))
    throw unsupportedFile('pickle', 'it would run code', PICKLE_ADVICE);
  if (head.startsWith('PK')) throw unsupportedFile('skops or zip file', 'it cannot be read', PICKLE_ADVICE);
  if (isOnnx(bytes)) {
    throw unsupportedFile('ONNX model', 'it has no trees to read; readOnnxFile and tabwright import have it scored');
  }
  const first = head.trimStart();
  if (first.startsWith('{') && !/^\{[#$iULlI]/.test(first)) return 'json';
  if (head.startsWith('{')) return 'ubj';
  if (head.startsWith('binf')) {
    throw unsupportedFile('XGBoost model', 'the old binary form cannot be read', "booster.save_model('model.json')");
  }
  throw unsupportedFile('model file', 'it is none of LightGBM text, XGBoost JSON or UBJ, CatBoost JSON', PICKLE_ADVICE);
}
