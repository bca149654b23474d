// Fitted models as ONNX files: the model alone, or with its preprocessing, from raw columns to scores.
import type { ModelFeature } from '../core/feature-matrix.js';
import type { FeatureSpec } from '../core/feature-spec.js';
import type { FittedModel } from '../core/model.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { FittedTransformer } from '../core/transformer.js';
import { VERSION } from '../core/version.js';
import { unsupportedFile } from '../formats/model-file-error.js';
import type { OnnxPart } from '../formats/onnx-graph.js';
import { writeOnnxModel } from '../formats/onnx-graph.js';
import { onnxMetadata } from '../formats/onnx-metadata.js';
import { onnxConstant, onnxLinear, onnxTrees } from '../formats/onnx-parts.js';
import { onnxPipeline } from '../formats/onnx-pipeline.js';
import { FittedConstant } from './fitted-constant.js';
import { FittedLinearModel } from './fitted-linear-model.js';
import { writableTrees } from './write-model-file.js';

const OUTPUT = 'scores';

/** A model with everything that comes before it. */
export interface OnnxPipelineSource {
  readonly spec: FeatureSpec;
  readonly pipeline: FittedTransformer;
  readonly model: FittedModel;
}

/**
 * A model as ONNX, without its preprocessing: input `features` [N, nFeatures] of float64, encoded as the model takes them (NaN for
 * missing, categories as level positions), output `scores` [N, nOutputs].
 * @throws MODEL_FILE_UNSUPPORTED for kinds and outputs that ONNX has no operator for
 */
export function writeOnnxFile(model: FittedModel): Uint8Array {
  const { task, features, nOutputs } = model;
  return writeOnnxModel(VERSION, {
    ...modelPart(model),
    inputs: [{ name: 'features', type: 'float64', width: features.length }],
    output: { name: OUTPUT, type: 'float64', width: nOutputs },
    metadata: onnxMetadata({ task, nOutputs, features }),
  });
}

/**
 * A model with its preprocessing as ONNX: one input [N] a raw column that is read, strings as they are (empty for missing), other
 * columns as float64 (NaN for missing, booleans as 0 and 1, dates as milliseconds since 1970), output `scores` [N, nOutputs]. What a
 * schema forbids is not checked there.
 * @throws MODEL_FILE_UNSUPPORTED naming the step or the model that ONNX has no form for
 */
export function writeOnnxPipeline({ spec, pipeline, model }: OnnxPipelineSource): Uint8Array {
  const { nodes, constants, inputs, features } = onnxPipeline(spec, pipeline);
  if (inputs.some(({ name }) => name === OUTPUT))
    throw unsupportedFile('ONNX model', 'a column is named as its output');
  const inner = features.slice(0, features.search(/[^/]/));
  const part = renamed(modelPart(model), (name) => {
    return name === 'features' ? features : name === OUTPUT ? name : `${inner}model/${name}`;
  });
  const columns = inputs.map(({ name, type }): ModelFeature => {
    return { name, kind: type === 'string' ? 'categorical' : 'numeric' };
  });
  const { task, nOutputs } = model;
  return writeOnnxModel(VERSION, {
    nodes: [...nodes, ...part.nodes],
    constants: [...constants, ...part.constants],
    inputs,
    output: { name: OUTPUT, type: 'float64', width: nOutputs },
    metadata: onnxMetadata({ task, nOutputs, features: columns, classes: spec.target?.classes }),
  });
}

function modelPart(model: FittedModel): OnnxPart {
  const trees = writableTrees(model);
  if (trees !== undefined) return onnxTrees(trees);
  if (model instanceof FittedConstant) return onnxConstant(model.scores);
  if (model instanceof FittedLinearModel) {
    const link = ({ binary: 'sigmoid', multiclass: 'softmax', regression: 'identity' } as const)[model.task];
    const { coefficients, intercepts, features } = model;
    return onnxLinear({ nFeatures: features.length, coefficients, intercepts, link });
  }
  throw new TabwrightError(
    'MODEL_FILE_UNSUPPORTED',
    `a ${model.kind} model cannot be written as ONNX; serve its bundle`,
  );
}

function renamed({ nodes, constants }: OnnxPart, rename: (name: string) => string): OnnxPart {
  return {
    nodes: nodes.map((node) => ({ ...node, inputs: node.inputs.map(rename), outputs: node.outputs.map(rename) })),
    constants: constants.map((constant) => ({ ...constant, name: rename(constant.name) })),
  };
}
