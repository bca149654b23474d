// How the features of an ONNX model go into its inputs and its scores come out of one output, as stored with the model.
import type { JsonObject } from '../core/json.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { OnnxType } from '../formats/onnx-reader.js';
import { ONNX_TYPES } from '../formats/onnx-reader.js';

/** An input of the graph: the next features, as many as it is wide. */
export interface OnnxInput {
  readonly name: string;
  readonly type: OnnxType;
  readonly width: number;
  /** Whether it is [N] rather than [N, width]. */
  readonly isFlat: boolean;
}

/** How features go in and scores come out. */
export interface OnnxWiring {
  readonly inputs: readonly OnnxInput[];
  readonly output: string;
  /** Numbers a row of the output; of two probabilities the second is the score of a binary task. */
  readonly outputWidth: number;
}

/** Reads a stored wiring. @throws BUNDLE_INVALID where it does not fit the features and outputs */
export function readOnnxWiring(
  { inputs, output, outputWidth }: JsonObject,
  nFeatures: number,
  nOutputs: number,
): OnnxWiring {
  if (!Array.isArray(inputs) || !inputs.every(isInput)) throw invalid('onnx.inputs must be a list of inputs');
  const total = inputs.reduce((sum, { width }) => sum + width, 0);
  if (total !== nFeatures) throw invalid(`onnx.inputs must take ${nFeatures} features, got ${total}`);
  if (typeof output !== 'string') throw invalid('onnx.output must be a name');
  if (outputWidth !== nOutputs && !(outputWidth === 2 && nOutputs === 1)) {
    throw invalid(`onnx.outputWidth must fit ${nOutputs} outputs`);
  }
  return { inputs, output, outputWidth };
}

function isInput(value: unknown): value is OnnxInput {
  if (typeof value !== 'object' || value === null) return false;
  const { name, type, width, isFlat } = value as Record<string, unknown>;
  const fits = ONNX_TYPES.some((each) => each === type) && typeof isFlat === 'boolean' && typeof name === 'string';
  return fits && Number.isSafeInteger(width) && (width as number) > 0;
}

function invalid(rule: string): TabwrightError {
  return new TabwrightError('BUNDLE_INVALID', `model.json: ${rule}`);
}
