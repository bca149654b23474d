// Tensors of an Open Inference request as rows: one tensor a column, or all columns side by side in one.
import type { FeatureSpec } from '../../core/feature-spec.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { valueKind } from '../../core/value-kind.js';

type Row = Record<string, unknown>;

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: readonly unknown[];
}

const KINDS = { BOOL: 'boolean', BYTES: 'string' } as const;
const NUMERIC = /^(U?INT(8|16|32|64)|FP(16|32|64))$/;

/**
 * The rows of a request's `inputs`. `null` in a tensor is a missing cell; tensors that no feature is named for are not looked at.
 * @throws REQUEST_INVALID where a tensor is malformed, of a type that its values are not, or not as long as the others
 */
export function v2Rows(inputs: unknown, spec: FeatureSpec): readonly Row[] {
  if (!Array.isArray(inputs) || inputs.length === 0) throw invalid('inputs must be a list of at least one tensor');
  const tensors = inputs.map(readTensor);
  const [first] = tensors as [Tensor];
  if (tensors.length === 1 && isMatrix(first, spec)) return matrixRows(first, spec);
  const nRows = first.shape[0] as number;
  if (new Set(tensors.map(({ name }) => name)).size < tensors.length)
    throw invalid('inputs must not hold a tensor twice');
  for (const { shape } of tensors) {
    const [length, width = 1, ...more] = shape;
    if (length === nRows && width === 1 && more.length === 0) continue;
    throw invalid('each input must be of shape [rows] or [rows, 1], with as many rows as the others');
  }
  return Array.from({ length: nRows }, (_, i) => {
    const row: Row = Object.create(null);
    for (const { name, data } of tensors) row[name] = data[i];
    return row;
  });
}

/** Whether a tensor holds every column; those must all be numbers. */
function isMatrix({ shape }: Tensor, { fields }: FeatureSpec): boolean {
  if (shape.length !== 2 || shape[1] === 1) return false;
  return shape[1] === fields.length && fields.every(({ type }) => type === 'number' || type === 'integer');
}

function matrixRows({ shape, data }: Tensor, { fields }: FeatureSpec): readonly Row[] {
  return Array.from({ length: shape[0] as number }, (_, i) => {
    const row: Row = Object.create(null);
    fields.forEach(({ name }, k) => {
      row[name] = data[i * fields.length + k];
    });
    return row;
  });
}

function readTensor(given: unknown): Tensor {
  if (valueKind(given) !== 'object') throw invalid(`each input must be an object, got ${valueKind(given)}`);
  const { name, shape, datatype, data } = given as Row;
  if (typeof name !== 'string') throw invalid(`the name of an input must be a string, got ${valueKind(name)}`);
  if (!isShape(shape)) throw invalid('the shape of an input must be a list of one or more counts');
  const kind = kindOf(datatype);
  if (kind === undefined) throw invalid('the datatype of an input must be one of the Open Inference Protocol');
  if (!Array.isArray(data)) throw invalid(`the data of an input must be a list, got ${valueKind(data)}`);
  const flat = shape.length > 1 ? (data.flat(shape.length - 1) as unknown[]) : data;
  const size = shape.reduce((product, length) => product * length, 1);
  if (flat.length !== size) throw invalid('the data of an input must be as many values as its shape says');
  if (flat.every((value) => value === null || typeof value === kind)) return { name, shape, data: flat };
  throw invalid('the data of an input must be of its datatype');
}

function kindOf(datatype: unknown): 'boolean' | 'string' | 'number' | undefined {
  if (typeof datatype !== 'string') return undefined;
  if (NUMERIC.test(datatype)) return 'number';
  return Object.hasOwn(KINDS, datatype) ? KINDS[datatype as keyof typeof KINDS] : undefined;
}

function isShape(shape: unknown): shape is number[] {
  return Array.isArray(shape) && shape.length > 0 && shape.every((length) => Number.isInteger(length) && length >= 0);
}

function invalid(message: string): TabwrightError {
  return new TabwrightError('REQUEST_INVALID', message);
}
