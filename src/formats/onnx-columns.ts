// What stands for each column while a pipeline is written as ONNX: numbers as places in matrices, texts as rules over an input.
import type { FeatureSpec, Field } from '../core/feature-spec.js';
import { unsupportedFile } from './model-file-error.js';
import type { OnnxAttribute, OnnxConstant, OnnxNode, OnnxPart, OnnxValue } from './onnx-graph.js';

/** A column of texts, and what each of them is to the step that reads it. */
export interface OnnxText {
  /** Tensor of strings [N, 1]. */
  readonly tensor: string;
  /** Texts with a rule of their own; all others are alike. */
  readonly keys: readonly string[];
  /** What a text of the input is here; null is missing. */
  readonly image: (text: string) => string | null;
}

/** A node without names: what goes in and how. */
export interface OnnxOperation {
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
}

/** The columns, and the graph that has been made of them so far. */
export interface OnnxColumns extends OnnxPart {
  /** The inputs that are read, in the order of the fields. */
  inputs(): readonly OnnxValue[];
  /** Adds a node. @returns its output's name */
  add(op: string, inputs: readonly string[], operation?: OnnxOperation): string;
  /** A float64 tensor of one row, or of these dimensions. */
  numbers(values: readonly number[], dims?: readonly number[]): string;
  /** A tensor of whole numbers of one dimension. */
  positions(values: readonly number[]): string;
  /** Float64 matrix [N, names.length] of columns of numbers; NaN is missing. */
  matrix(names: readonly string[]): string;
  /** Makes columns of numbers from the columns of a matrix. */
  setMatrix(names: readonly string[], tensor: string): void;
  /** A column of texts; undefined for one of numbers. */
  text(name: string): OnnxText | undefined;
  setText(name: string, text: OnnxText): void;
}

/** A column of numbers: one of a matrix. */
interface Place {
  readonly tensor: string;
  readonly index: number;
  readonly width: number;
}

/** The columns of raw rows: an input [N] each, which the graph has only where it is read. */
export function onnxColumns({ fields, missing = [] }: FeatureSpec): OnnxColumns {
  const nodes: OnnxNode[] = [];
  const constants: OnnxConstant[] = [];
  const columns = new Map<string, Place | OnnxText | Field>(fields.map((field) => [field.name, field]));
  const read = new Set<string>();
  const inner = prefix(fields);
  const tokens = new Set(['', ...missing]);
  let nNames = 0;
  const newName = (): string => `${inner}${nNames++}`;
  const add: OnnxColumns['add'] = (op, inputs, operation = {}) => {
    const output = newName();
    nodes.push({ op, inputs, outputs: [output], ...operation });
    return output;
  };
  const constant = (dims: readonly number[], values: OnnxConstant['values']): string => {
    const name = newName();
    constants.push({ name, dims, values });
    return name;
  };
  const positions = (values: readonly number[]): string =>
    constant(
      [values.length],
      BigInt64Array.from(values, (value) => BigInt(value)),
    );

  function opened(name: string): Place | OnnxText {
    const found = columns.get(name);
    if (found === undefined) throw new Error(`onnx: no column ${name}`);
    if (!('type' in found)) return found;
    read.add(name);
    const tensor = add('Unsqueeze', [name, positions([1])]);
    const column: Place | OnnxText =
      found.type === 'string'
        ? { tensor, keys: [...tokens], image: (text) => (tokens.has(text) ? null : text) }
        : { tensor, index: 0, width: 1 };
    columns.set(name, column);
    return column;
  }

  /** Columns that stand side by side in one matrix, as a matrix. */
  function picked(run: readonly Place[]): string {
    const { tensor, width } = run[0] as Place;
    if (run.length === width && run.every(({ index }, i) => index === i)) return tensor;
    return add('Gather', [tensor, positions(run.map(({ index }) => index))], { attributes: { axis: 1 } });
  }

  return {
    nodes,
    constants,
    add,
    positions,
    inputs: () => fields.filter(({ name }) => read.has(name)).map(inputOf),
    numbers: (values, dims = [1, values.length]) => constant(dims, Float64Array.from(values)),
    matrix(names) {
      const places = names.map((name) => {
        const column = opened(name);
        if ('image' in column) throw unsupportedFile('ONNX model', `column ${name} holds strings that no step encodes`);
        return column;
      });
      const runs = runsOf(places).map(picked);
      return runs.length === 1 ? (runs[0] as string) : add('Concat', runs, { attributes: { axis: 1 } });
    },
    setMatrix(names, tensor) {
      for (const [index, name] of names.entries()) columns.set(name, { tensor, index, width: names.length });
    },
    text(name) {
      const column = opened(name);
      return 'image' in column ? column : undefined;
    },
    setText: (name, text) => void columns.set(name, text),
  };
}

function inputOf({ name, type }: Field): OnnxValue {
  return { name, type: type === 'string' ? 'string' : 'float64' };
}

/** Neighbours of one matrix together. */
function runsOf(places: readonly Place[]): Place[][] {
  const runs: Place[][] = [];
  for (const place of places) {
    const last = runs.at(-1);
    if (last?.[0]?.tensor === place.tensor) last.push(place);
    else runs.push([place]);
  }
  return runs;
}

/** No tensor inside may have the name of a field. */
function prefix(fields: readonly Field[]): string {
  let found = '/';
  while (fields.some(({ name }) => name.startsWith(found))) found += '/';
  return found;
}
