// What an ONNX file of this library says about itself beside the graph, so that it can be imported without being told.
import type { Label } from '../core/cell.js';
import type { ModelFeature } from '../core/feature-matrix.js';
import type { Task } from '../core/feature-spec.js';
import type { Json } from '../core/json.js';
import { jsonFields } from '../transforms/json-fields.js';
import { jsonMember } from './json-member.js';
import { brokenFile } from './model-file-error.js';

const KEY = 'tabwright';
const TASKS = ['binary', 'multiclass', 'regression'] as const;
const KINDS = ['numeric', 'categorical'] as const;
const MAX_OUTPUTS = 1_000_000;

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
  return { [KEY]: JSON.stringify({ task, nOutputs, features, classes }) };
}

/**
 * The metadata of a file of this library; undefined for other files.
 * @throws BUNDLE_INVALID where it is not of the form written here
 */
export function storedOnnxMetadata(metadata: ReadonlyMap<string, string>): OnnxModelMetadata | undefined {
  const text = metadata.get(KEY);
  if (text === undefined) return undefined;
  const json = parsed(text);
  const fields = jsonFields(`metadata.${KEY}`, json);
  const features = fields.columns('features').map((feature, i): ModelFeature => {
    const [name, kind] = [feature.text('name'), feature.choice('kind', KINDS)];
    return hasLevels(json, i) ? { name, kind, levels: feature.names('levels') } : { name, kind };
  });
  const nOutputs = fields.integer('nOutputs', 1, MAX_OUTPUTS);
  const classes = jsonMember(json, 'classes');
  return { task: fields.choice('task', TASKS), nOutputs, features, ...(isLabels(classes) && { classes }) };
}

function hasLevels(json: unknown, index: number): boolean {
  const features = jsonMember(json, 'features');
  return Array.isArray(features) && jsonMember(features[index], 'levels') !== undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw brokenFile('ONNX model', 'its metadata must be JSON', cause);
  }
}

function isLabels(value: Json | undefined): value is readonly Label[] {
  const isLabel = (each: Json): boolean => ['string', 'number', 'boolean'].includes(typeof each);
  return Array.isArray(value) && value.every(isLabel);
}
