// A fitted step as nodes of an ONNX graph: the contract, what steps share, and how one is refused.
import type { TabwrightError } from '../core/tabwright-error.js';
import type { JsonFields } from '../transforms/json-fields.js';
import { unsupportedFile } from './model-file-error.js';
import type { OnnxColumns } from './onnx-columns.js';
import { elementType } from './onnx-graph.js';

/** Adds the nodes of a step. @param outputs names of the columns that it writes, in order */
export type OnnxStep = (columns: OnnxColumns, step: JsonFields, outputs: readonly string[]) => void;

/** The steps of a file, by kind. */
export type OnnxSteps = Readonly<Record<string, OnnxStep>>;

/** The error for a step that cannot be written. */
export function unsupportedStep(kind: string, why: string): TabwrightError {
  return unsupportedFile('ONNX model', `the step ${kind} cannot be written: ${why}`);
}

/** The error for a step whose settings refuse rows. */
export function refusingStep(kind: string): TabwrightError {
  return unsupportedStep(kind, 'it refuses some rows, which a graph cannot');
}

/** The values where a condition holds, others elsewhere. Comparisons with NaN do not hold. */
export function where(columns: OnnxColumns, condition: string, value: string, other: string): string {
  return columns.add('Where', [condition, value, other]);
}

/** Truth values or whole numbers as float64. */
export function asNumbers(columns: OnnxColumns, tensor: string): string {
  return columns.add('Cast', [tensor], { attributes: { to: elementType('float64') } });
}
