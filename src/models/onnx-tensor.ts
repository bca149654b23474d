// Columns of encoded features as a tensor of one input of an ONNX graph, row-major.
import type { FeatureColumn, ModelFeature } from '../core/feature-matrix.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { OnnxData, OnnxFeed } from './onnx-session.js';
import type { OnnxInput } from './onnx-wiring.js';

/**
 * Makes the tensor; a categorical feature of an input of strings goes in as its levels, empty for missing.
 * @throws VALUE_INVALID for a missing value, or a fraction, where the input takes whole numbers
 */
export function onnxTensor(
  { type, width, isFlat }: OnnxInput,
  columns: readonly FeatureColumn[],
  features: readonly ModelFeature[],
  nRows: number,
): OnnxFeed {
  const dims = isFlat ? [nRows] : [nRows, width];
  const size = nRows * width;
  const cell = (at: number): number => (columns[at % width] as FeatureColumn)[Math.floor(at / width)] as number;
  const whole = (at: number): number => {
    const value = cell(at);
    if (Number.isSafeInteger(value)) return value;
    throw new TabwrightError('VALUE_INVALID', `onnx: ${features[at % width]?.name} must be a whole number`);
  };
  return { type, dims, data: data() };

  function data(): OnnxData {
    switch (type) {
      case 'float64':
        return filled(new Float64Array(size), cell);
      case 'float32':
        return filled(new Float32Array(size), cell);
      case 'int32':
        return filled(new Int32Array(size), whole);
      case 'bool':
        return filled(new Uint8Array(size), whole);
      case 'int64': {
        const numbers = new BigInt64Array(size);
        for (let at = 0; at < size; at++) numbers[at] = BigInt(whole(at));
        return numbers;
      }
      case 'string':
        return Array.from({ length: size }, (_, at) => features[at % width]?.levels?.[cell(at)] ?? '');
    }
  }
}

function filled<A extends Float64Array | Float32Array | Int32Array | Uint8Array>(
  array: A,
  value: (at: number) => number,
): A {
  for (let at = 0; at < array.length; at++) array[at] = value(at);
  return array;
}
