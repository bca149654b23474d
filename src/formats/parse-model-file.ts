// Bytes of a model file to its trees, whatever the format; the bytes are untrusted.
import { TabwrightError } from '../core/tabwright-error.js';
import { isCatboost, readCatboost } from './catboost-reader.js';
import { readLightgbmText } from './lightgbm-text-reader.js';
import { brokenFile } from './model-file-error.js';
import type { ModelFileFormat } from './model-file-format.js';
import { modelFileFormat } from './model-file-format.js';
import type { TreeModel } from './tree-model.js';
import { readUbjson } from './ubjson-reader.js';
import type { XgboostReading } from './xgboost-reader.js';
import { readXgboost } from './xgboost-reader.js';

const MAX_BYTES = 2 ** 28;

/** How to read a model file. */
export interface ModelFileOptions extends Partial<XgboostReading> {
  /** What the file is; told from its bytes where absent. */
  readonly format?: ModelFileFormat | undefined;
}

/**
 * Reads a model file of LightGBM (text), XGBoost (JSON, UBJ) or CatBoost (JSON).
 * @throws DATA_TOO_LARGE past 256 MiB
 * @throws BUNDLE_INVALID where the file is cut off, altered or not of the format
 * @throws MODEL_FILE_UNSUPPORTED for other formats and for what cannot be served, with the Python that helps
 */
export function parseModelFile(bytes: Uint8Array, { format, rounds = 'best' }: ModelFileOptions = {}): TreeModel {
  if (bytes.length > MAX_BYTES) {
    throw new TabwrightError('DATA_TOO_LARGE', `model file: must be at most ${MAX_BYTES} bytes, got ${bytes.length}`);
  }
  switch (format ?? modelFileFormat(bytes)) {
    case 'lightgbm':
      return readLightgbmText(text(bytes));
    case 'xgboost-json':
      return readXgboost(parseJson(bytes), { rounds });
    case 'xgboost-ubj':
    case 'ubj':
      return readXgboost(readUbjson(bytes), { rounds });
    case 'catboost-json':
      return readCatboost(parseJson(bytes));
    case 'json': {
      const json = parseJson(bytes);
      return isCatboost(json) ? readCatboost(json) : readXgboost(json, { rounds });
    }
  }
}

/** XGBoost before version 3 writes NaN, which JSON does not have, where a categorical node has no threshold. */
function parseJson(bytes: Uint8Array): unknown {
  const json = text(bytes);
  try {
    return JSON.parse(json.includes('NaN') ? json.replace(/"(?:[^"\\]|\\.)*"|NaN/g, nanAsNull) : json);
  } catch (cause) {
    throw brokenFile('model file', 'must be JSON', cause);
  }
}

function nanAsNull(token: string): string {
  return token === 'NaN' ? 'null' : token;
}

function text(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw brokenFile('model file', 'must be UTF-8', cause);
  }
}
