// An ONNX model as a fitted model: encoded features to the inputs of its graph, one of its outputs to scores.
import type { FeatureColumn, FeatureMatrix, ModelFeature } from '../core/feature-matrix.js';
import type { Task } from '../core/feature-spec.js';
import type { FittedModel, ModelFiles, ModelReader } from '../core/model.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { checkScoredFeatures, scoreArray } from './check-feature-matrix.js';
import type { ModelHeader } from './model-json.js';
import { modelJsonFiles, readModelJson, requireFile } from './model-json.js';
import type { OnnxSession } from './onnx-session.js';
import { openOnnxSession } from './onnx-session.js';
import { onnxTensor } from './onnx-tensor.js';
import type { OnnxWiring } from './onnx-wiring.js';
import { readOnnxWiring } from './onnx-wiring.js';
import { outputCount } from './output-count.js';

const KIND = 'onnx';
const FILE = 'model.onnx';

/** What an ONNX model is made from. */
export interface OnnxParts {
  readonly header: ModelHeader;
  readonly wiring: OnnxWiring;
  readonly bytes: Uint8Array;
  readonly session: OnnxSession;
}

/** A model that onnxruntime scores. */
export class FittedOnnx implements FittedModel {
  readonly kind = KIND;
  readonly task: Task;
  readonly features: readonly ModelFeature[];
  readonly nOutputs: number;
  /** Other processors may add float32 numbers in another order. */
  readonly tolerance = 1e-6;
  /** The file. */
  readonly bytes: Uint8Array;
  readonly wiring: OnnxWiring;
  readonly #parts: OnnxParts;

  constructor(parts: OnnxParts) {
    const { task, nClasses, features } = parts.header;
    this.task = task;
    this.features = features;
    this.nOutputs = outputCount(task, nClasses);
    this.bytes = parts.bytes;
    this.wiring = parts.wiring;
    this.#parts = parts;
  }

  /** Waits for onnxruntime, which works in a thread of its own. */
  predict(features: FeatureMatrix, out?: Float64Array): Float64Array {
    checkScoredFeatures(features, this.features, KIND);
    const scores = scoreArray(out, features.nRows * this.nOutputs, KIND);
    if (features.nRows > 0) this.#score(features.columns, features.nRows, scores);
    return scores;
  }

  predictRow(values: Float64Array, out: Float64Array): void {
    const columns = this.features.map((_, i) => values.subarray(i, i + 1));
    this.#score(columns, 1, out);
  }

  toFiles(): ModelFiles {
    const { header, bytes } = this.#parts;
    const { inputs, output, outputWidth } = this.wiring;
    const onnx = { inputs: inputs.map((input) => ({ ...input })), output, outputWidth };
    return new Map([...modelJsonFiles(header, { onnx }), [FILE, bytes]]);
  }

  #score(columns: readonly FeatureColumn[], nRows: number, scores: Float64Array): void {
    const { inputs, output, outputWidth } = this.wiring;
    let at = 0;
    const feeds = inputs.map((input) => {
      const from = at;
      at += input.width;
      return [input.name, onnxTensor(input, columns.slice(from, at), this.features.slice(from, at), nRows)] as const;
    });
    const found = this.#parts.session.run(Object.fromEntries(feeds), output);
    if (found.length !== nRows * outputWidth) throw broken(`gave ${found.length} numbers for ${nRows} rows`);
    const [width, shift] = [this.nOutputs, outputWidth - this.nOutputs];
    for (let row = 0; row < nRows; row++) {
      for (let k = 0; k < width; k++) scores[row * width + k] = Number(found[row * outputWidth + k + shift]);
    }
  }
}

/**
 * The reader of ONNX models. `model.json` holds the header and `onnx`, the wiring; `model.onnx` the graph.
 * @param path the package onnxruntime-node, where it is not to be found from here or from the working directory
 */
export function onnxReader(path?: string): ModelReader {
  return (files) => {
    const json = readModelJson(files, KIND);
    const { task, nClasses, features } = json;
    const wiring = readOnnxWiring(json.object('onnx'), features.length, outputCount(task, nClasses));
    const bytes = requireFile(files, FILE);
    const header = { kind: KIND, task, nClasses, features };
    return new FittedOnnx({ header, wiring, bytes, session: openOnnxSession(bytes, path) });
  };
}

function broken(rule: string): TabwrightError {
  return new TabwrightError('MODEL_FILE_UNSUPPORTED', `onnx: the model ${rule}`);
}
