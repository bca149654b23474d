// A model directory as one ONNX file: the whole pipeline where ONNX can say it, else the model alone and why.
import { isTabwrightError } from '../core/is-tabwright-error.js';
import type { BundleFiles } from '../core/registry.js';
import { FittedOnnx } from '../models/fitted-onnx.js';
import { writeOnnxFile, writeOnnxPipeline } from '../models/write-onnx-file.js';
import { readBundle } from './read-bundle.js';

/** A file, and how much of the model directory is in it. */
export interface OnnxExport {
  readonly bytes: Uint8Array;
  /** `pipeline`: raw columns in, scores out. `model`: encoded features in, the preprocessing is not in the file. */
  readonly scope: 'pipeline' | 'model';
  /** Why the preprocessing is not in the file. */
  readonly reason?: string;
}

/**
 * Writes the file.
 * @param files of a version, as `registry.read` gives them
 * @throws MODEL_FILE_UNSUPPORTED where not even the model can be written
 * @throws BUNDLE_INVALID, GOLDEN_MISMATCH where the directory is damaged
 * @example
 * const { bytes, scope } = exportOnnx(await registry.read('prospects', 1));
 */
export function exportOnnx(files: BundleFiles): OnnxExport {
  const bundle = readBundle(files);
  if (bundle.model instanceof FittedOnnx) return { bytes: bundle.model.bytes, scope: 'pipeline' };
  try {
    return { bytes: writeOnnxPipeline(bundle), scope: 'pipeline' };
  } catch (error) {
    if (!isTabwrightError(error) || error.code !== 'MODEL_FILE_UNSUPPORTED') throw error;
    return { bytes: writeOnnxFile(bundle.model), scope: 'model', reason: error.message };
  }
}
