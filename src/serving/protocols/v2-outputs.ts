// Predictions as tensors of the Open Inference Protocol, and what a model says of its tensors.
import type { FeatureSpec, Field } from '../../core/feature-spec.js';
import type { Prediction } from '../../core/predictor.js';
import { TabwrightError } from '../../core/tabwright-error.js';

/** What a model says of one of its tensors. */
export interface TensorMetadata {
  readonly name: string;
  readonly datatype: 'FP64' | 'INT64' | 'BOOL' | 'BYTES';
  readonly shape: readonly [rows: -1, width: 1];
  /** How the pandas codec of clients reads it. */
  readonly parameters: { readonly content_type: 'np' | 'str' | 'datetime' };
}

/** One output of an answer. */
export interface OutputTensor {
  readonly name: string;
  readonly shape: readonly [rows: number, width: 1];
  readonly datatype: 'FP64' | 'BYTES';
  readonly parameters?: { readonly content_type: 'str' };
  readonly data: readonly (number | string | null)[];
}

/** One tensor a feature. An integer that may be missing is a float, as it is in the signature that MLflow has. */
export function inputMetadata({ fields }: FeatureSpec): TensorMetadata[] {
  return fields.map((field) => {
    const described = metadata(field.name, datatypeOf(field));
    return field.type === 'datetime' ? { ...described, parameters: { content_type: 'datetime' } } : described;
  });
}

/** The columns that the model gives in Python: score, label and a probability a class. */
export function outputMetadata(spec: FeatureSpec): TensorMetadata[] {
  return outputNames(spec).map((name) => metadata(name, name === 'label' ? 'BYTES' : 'FP64'));
}

/**
 * The tensors of predictions.
 * @param wanted names of those to give; all of them where absent
 * @throws REQUEST_INVALID for a name that is none
 */
export function outputTensors(
  predictions: readonly Prediction[],
  spec: FeatureSpec,
  wanted: readonly unknown[] | undefined,
): OutputTensor[] {
  const names = outputNames(spec);
  if (wanted?.some((name) => !names.includes(name as string))) {
    throw new TabwrightError('REQUEST_INVALID', `outputs must be of ${names.join(', ')}`);
  }
  const shape = [predictions.length, 1] as const;
  return names
    .filter((name) => wanted?.includes(name) ?? true)
    .map((name) =>
      name === 'label'
        ? { name, shape, datatype: 'BYTES', parameters: { content_type: 'str' }, data: labels(predictions) }
        : { name, shape, datatype: 'FP64', data: predictions.map((each) => numberOf(each, name)) },
    );
}

function labels(predictions: readonly Prediction[]): string[] {
  return predictions.map(({ label }) => String(label));
}

function numberOf({ score, probabilities }: Prediction, name: string): number | null {
  return name === 'score' ? score : (probabilities?.[name.slice(PROBABILITY.length)] ?? null);
}

const PROBABILITY = 'probability_';

function outputNames({ target }: FeatureSpec): string[] {
  if (target?.task === 'regression') return ['score'];
  const classes = target?.task === 'multiclass' ? (target.classes ?? []) : [];
  return ['score', 'label', ...classes.map((label) => `${PROBABILITY}${label}`)];
}

function metadata(name: string, datatype: TensorMetadata['datatype']): TensorMetadata {
  return { name, datatype, shape: [-1, 1], parameters: { content_type: datatype === 'BYTES' ? 'str' : 'np' } };
}

function datatypeOf({ type, nullable }: Field): TensorMetadata['datatype'] {
  switch (type) {
    case 'number':
      return 'FP64';
    case 'integer':
      return nullable ? 'FP64' : 'INT64';
    case 'boolean':
      return 'BOOL';
    default:
      return 'BYTES';
  }
}
