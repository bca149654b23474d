// The messages of an ONNX model (onnx.proto3, IR version 10) as far as this library writes them.
import type { ProtobufField } from './protobuf-writer.js';
import { bytesField, joined, messageField, textField, varintField, varintsField } from './protobuf-writer.js';

const IR_VERSION = 10;
const OPSET = 21;
const ML_OPSET = 5;
/** Element types of tensors. */
const TYPES = { float32: 1, uint8: 2, int64: 7, string: 8, float64: 11 } as const;
type ElementType = keyof typeof TYPES;
/** Kinds of attributes. */
const [INT, TENSOR, INTS, STRINGS] = [2, 4, 7, 8];
export const ML_DOMAIN = 'ai.onnx.ml';

/** An attribute: a whole number, a list of them, a list of texts that is not empty, or a tensor of one dimension. */
export type OnnxAttribute = number | readonly number[] | readonly string[] | Float64Array | Uint8Array;

/** A node of the graph. */
export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly domain?: string | undefined;
  readonly attributes?: Readonly<Record<string, OnnxAttribute>> | undefined;
}

/** What comes in or goes out: [N], or [N, width]. */
export interface OnnxValue {
  readonly name: string;
  readonly type: 'float64' | 'string';
  readonly width?: number | undefined;
}

/** A constant tensor. */
export interface OnnxConstant {
  readonly name: string;
  readonly dims: readonly number[];
  readonly values: Float64Array | BigInt64Array;
}

/** A piece of a graph: from tensors that others make to tensors that others take. */
export interface OnnxPart {
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxConstant[];
}

/** A whole graph. */
export interface OnnxGraph extends OnnxPart {
  readonly inputs: readonly OnnxValue[];
  readonly output: OnnxValue;
  /** Texts beside the graph, by name. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The bytes of a model. */
export function writeOnnxModel(producerVersion: string, graph: OnnxGraph): Uint8Array {
  const fields = [
    ...graph.nodes.map((node) => messageField(1, nodeFields(node))),
    textField(2, 'model'),
    ...graph.constants.map((constant) => messageField(5, constantFields(constant))),
    ...graph.inputs.map((value) => messageField(11, valueFields(value))),
    messageField(12, valueFields(graph.output)),
  ];
  return joined([
    varintField(1, IR_VERSION),
    textField(2, 'tabwright'),
    textField(3, producerVersion),
    messageField(7, fields),
    messageField(8, [textField(1, ''), varintField(2, OPSET)]),
    messageField(8, [textField(1, ML_DOMAIN), varintField(2, ML_OPSET)]),
    ...Object.entries(graph.metadata).map(([key, value]) => messageField(14, [textField(1, key), textField(2, value)])),
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
  if (isTexts(value)) return [...value.map((text) => textField(9, text)), varintField(20, STRINGS)];
  return [varintsField(8, value), varintField(20, INTS)];
}

function isTexts(values: readonly number[] | readonly string[]): values is readonly string[] {
  return typeof values[0] === 'string';
}

function constantFields({ name, dims, values }: OnnxConstant): ProtobufField[] {
  const type = values instanceof BigInt64Array ? 'int64' : 'float64';
  return [...tensorFields(type, dims, values), textField(8, name)];
}

function tensorFields(type: ElementType, dims: readonly number[], values: ArrayBufferView): ProtobufField[] {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return [varintsField(1, dims), varintField(2, TYPES[type]), bytesField(9, bytes)];
}

function valueFields({ name, type, width }: OnnxValue): ProtobufField[] {
  const shape = [messageField(1, [textField(2, 'N')])];
  if (width !== undefined) shape.push(messageField(1, [varintField(1, width)]));
  const tensor = [varintField(1, TYPES[type]), messageField(2, shape)];
  return [textField(1, name), messageField(2, [messageField(1, tensor)])];
}
