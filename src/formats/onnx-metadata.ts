// What an ONNX file of this library says about itself beside the graph, so that it can be imported without being told.
import type { Label } from '../core/cell.js';
import type { ModelFeature } from '../core/feature-matrix.js';
import type { Task } from '../core/feature-spec.js';

export const ONNX_METADATA_KEY = 'tabwright';

/** The model behind the graph. */
export interface OnnxModelMetadata {
  readonly task: Task;
  readonly nOutputs: number;
  /** Columns of the input matrix, or the inputs themselves. */
  readonly features: readonly ModelFeature[];
  readonly classes?: readonly Label[] | undefined;
}

/** The metadata of a file. */
export function onnxMetadata({
  task,
  nOutputs,
  features,
  classes,
}: OnnxModelMetadata): Readonly<Record<string, string>> {
  return { [ONNX_METADATA_KEY]: JSON.stringify({ task, nOutputs, features, classes }) };
}
