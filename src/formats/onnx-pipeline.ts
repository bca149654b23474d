// A fitted pipeline as the first half of an ONNX graph: from raw columns to the matrix that the model takes.
import type { FeatureSpec } from '../core/feature-spec.js';
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer, TransformerJson } from '../core/transformer.js';
import { encodedFeatures } from '../transforms/encoded-features.js';
import { jsonFields } from '../transforms/json-fields.js';
import { readTransformer } from '../transforms/read-transformer.js';
import { ONNX_CATEGORY_STEPS } from './onnx-category-steps.js';
import type { OnnxColumns } from './onnx-columns.js';
import { onnxColumns } from './onnx-columns.js';
import { ONNX_DERIVED_STEPS } from './onnx-derived-steps.js';
import type { OnnxPart, OnnxValue } from './onnx-graph.js';
import { ONNX_NUMBER_STEPS } from './onnx-number-steps.js';
import type { OnnxSteps } from './onnx-step.js';
import { unsupportedStep } from './onnx-step.js';

const STEPS: OnnxSteps = {
  ...ONNX_NUMBER_STEPS,
  ...ONNX_CATEGORY_STEPS,
  ...ONNX_DERIVED_STEPS,
  keepColumns: () => {},
  dropColumns: () => {},
};

/** A graph that ends in a matrix. */
export interface OnnxPipeline extends OnnxPart {
  /** One input [N] a field that is read: strings, or float64 with NaN for missing, booleans as 0 and 1, dates as epoch ms. */
  readonly inputs: readonly OnnxValue[];
  /** The tensor [N, nFeatures] of encoded features. */
  readonly features: string;
}

/**
 * Writes the steps.
 * @throws MODEL_FILE_UNSUPPORTED naming the step that ONNX has no form for
 */
export function onnxPipeline(spec: FeatureSpec, fitted: FittedTransformer): OnnxPipeline {
  const columns = onnxColumns(spec);
  addStep(columns, fitted.toJSON());
  const names = encodedFeatures(
    fitted,
    spec.fields.map(({ name }) => name),
  ).map(({ name }) => name);
  const features = columns.matrix(names);
  return { nodes: columns.nodes, constants: columns.constants, inputs: columns.inputs(), features };
}

function addStep(columns: OnnxColumns, json: TransformerJson | JsonObject): void {
  const fields = jsonFields('step', json);
  const kind = fields.text('kind');
  if (kind === 'pipeline') {
    for (const step of fields.list('steps')) addStep(columns, step as JsonObject);
    return;
  }
  const step = Object.hasOwn(STEPS, kind) ? STEPS[kind] : undefined;
  if (step === undefined) throw unsupportedStep(kind, 'it has no form there');
  const outputs = readTransformer(json).outputs.map(({ name }) => name);
  step(columns, jsonFields(kind, json), outputs);
}
