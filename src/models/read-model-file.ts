// A model that another library saved, as a fitted model.
import { readFile } from 'node:fs/promises';
import { TabwrightError } from '../core/tabwright-error.js';
import type { ModelFileOptions } from '../formats/parse-model-file.js';
import { parseModelFile } from '../formats/parse-model-file.js';
import { FittedTreeEnsemble } from './fitted-tree-ensemble.js';

/**
 * Reads a model file of LightGBM (text), XGBoost (JSON, UBJ) or CatBoost (JSON); it scores as the library that wrote it.
 * @param file a path, or the bytes
 * @throws FILE_NOT_FOUND
 * @throws DATA_TOO_LARGE past 256 MiB
 * @throws BUNDLE_INVALID where the file is cut off, altered or not of its format
 * @throws MODEL_FILE_UNSUPPORTED for other formats and for what cannot be served; the message has the Python that helps
 * @example
 * const model = await readModelFile('model.ubj');
 */
export async function readModelFile(
  file: string | Uint8Array,
  options: ModelFileOptions = {},
): Promise<FittedTreeEnsemble> {
  const bytes = typeof file === 'string' ? await readBytes(file) : file;
  return new FittedTreeEnsemble(parseModelFile(bytes, options));
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new TabwrightError('FILE_NOT_FOUND', 'the model file does not exist or cannot be read', { cause });
  }
}
