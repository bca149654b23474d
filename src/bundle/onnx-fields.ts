// The raw columns of an ONNX model: types from its inputs, and whether a missing value gets a score, by trying one.
import type { Field, FieldType } from '../core/feature-spec.js';
import type { FittedOnnx } from '../models/fitted-onnx.js';

/** One field a feature, in order. A number may be missing where the graph scores a row without it. */
export function onnxFields(model: FittedOnnx): Field[] {
  const types = model.wiring.inputs.flatMap(({ type, width }) => new Array<string>(width).fill(type));
  return model.features.map(({ name, kind }, i): Field => {
    if (kind === 'categorical') return { name, type: 'string', nullable: true };
    const type = fieldType(types[i] as string);
    return { name, type, nullable: type === 'number' && takesMissing(model, i) };
  });
}

function fieldType(type: string): FieldType {
  if (type === 'bool') return 'boolean';
  return type.startsWith('int') ? 'integer' : 'number';
}

function takesMissing(model: FittedOnnx, feature: number): boolean {
  const values = new Float64Array(model.features.length);
  values[feature] = Number.NaN;
  const out = new Float64Array(model.nOutputs);
  model.predictRow(values, out);
  return out.every(Number.isFinite);
}
