// The messages of an ONNX model (onnx.proto3, IR version 10) as far as this library writes them.
import type { ProtobufField } from './protobuf-writer.js';
import { bytesField, joined, messageField, textField, varintField, varintsField } from './protobuf-writer.js';

const IR_VERSION = 10;
const OPSET = 21;
const ML_OPSET = 5;
/** Element types of tensors. */
const TYPES = { float32: 1, uint8: 2, int64: 7, float64: 11 } as const;
type ElementType = keyof typeof TYPES;
/** Kinds of attributes. */
const [INT, TENSOR, INTS] = [2, 4, 7];
export const ML_DOMAIN = 'ai.onnx.ml';

/** An attribute: a whole number, a list of them, or a tensor of one dimension. */
export type OnnxAttribute = number | readonly number[] | Float64Array | Uint8Array;

/** A node of the graph. */
export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
}

/** A float64 matrix that comes in or goes out; rows are free. */
export interface OnnxMatrix {
  readonly name: string;
  readonly width: number;
}

/** A graph over float64 matrices. */
export interface OnnxGraph {
  readonly input: OnnxMatrix;
  readonly output: OnnxMatrix;
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly {
    readonly name: string;
    readonly dims: readonly number[];
    readonly values: Float64Array;
  }[];
}

/** The bytes of a model. */
export function writeOnnxModel(producerVersion: string, { input, output, nodes, constants }: OnnxGraph): Uint8Array {
  const graph = [
    ...nodes.map((node) => messageField(1, nodeFields(node))),
    textField(2, 'model'),
    ...constants.map(({ name, dims, values }) =>
      messageField(5, [...tensorFields('float64', dims, values), textField(8, name)]),
    ),
    messageField(11, matrixFields(input)),
    messageField(12, matrixFields(output)),
  ];
  return joined([
    varintField(1, IR_VERSION),
    textField(2, 'tabwright'),
    textField(3, producerVersion),
    messageField(7, graph),
    messageField(8, [textField(1, ''), varintField(2, OPSET)]),
    messageField(8, [textField(1, ML_DOMAIN), varintField(2, ML_OPSET)]),
  ]);
}

/** The number by which a `Cast` node names an element type. */
export function elementType(type: ElementType): number {
  return TYPES[type];
}

function nodeFields({ op, inputs, outputs, domain = '', attributes = {} }: OnnxNode): ProtobufField[] {
  return [
    ...inputs.map((name) => textField(1, name)),
    ...outputs.map((name) => textField(2, name)),
    textField(4, op),
    ...Object.entries(attributes).map(([name, value]) =>
      messageField(5, [textField(1, name), ...attributeFields(value)]),
    ),
    textField(7, domain),
  ];
}

function attributeFields(value: OnnxAttribute): ProtobufField[] {
  if (typeof value === 'number') return [varintField(3, value), varintField(20, INT)];
  if (value instanceof Float64Array || value instanceof Uint8Array) {
    const type = value instanceof Uint8Array ? 'uint8' : 'float64';
    return [messageField(5, tensorFields(type, [value.length], value)), varintField(20, TENSOR)];
  }
  return [varintsField(8, value), varintField(20, INTS)];
}

function tensorFields(type: ElementType, dims: readonly number[], values: Float64Array | Uint8Array): ProtobufField[] {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return [varintsField(1, dims), varintField(2, TYPES[type]), bytesField(9, bytes)];
}

function matrixFields({ name, width }: OnnxMatrix): ProtobufField[] {
  const shape = [messageField(1, [textField(2, 'N')]), messageField(1, [varintField(1, width)])];
  const tensor = [varintField(1, TYPES.float64), messageField(2, shape)];
  return [textField(1, name), messageField(2, [messageField(1, tensor)])];
}
