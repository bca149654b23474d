// What an ONNX file says about itself (onnx.proto3): inputs, outputs, labels of its classes, and the texts that it knows. Its bytes
// are untrusted; scoring is onnxruntime's.
import type { Label } from '../core/cell.js';
import { brokenFile, unsupportedFile } from './model-file-error.js';
import type { ProtobufEntry } from './protobuf-reader.js';
import { protobufEntries } from './protobuf-reader.js';

/** Element types of tensors that can be fed and read, by their number. */
const TYPES: Readonly<Record<number, OnnxType>> = {
  1: 'float32',
  6: 'int32',
  7: 'int64',
  8: 'string',
  9: 'bool',
  11: 'float64',
};
const FORMAT = 'ONNX model';
/** Graphs in graphs past this are no model that anybody made. */
const MAX_DEPTH = 16;
const MAX_TEXTS = 1_000_000;
const EXTERNAL = 1;

export const ONNX_TYPES = ['float32', 'float64', 'int32', 'int64', 'string', 'bool'] as const;

/** Element types that can be fed. */
export type OnnxType = (typeof ONNX_TYPES)[number];

/** An input or an output. */
export interface OnnxPort {
  readonly name: string;
  /** Undefined for tensors of other numbers, and for what is no tensor. */
  readonly type: OnnxType | undefined;
  readonly isTensor: boolean;
  /** Sizes; undefined where they are free. */
  readonly dims: readonly (number | undefined)[];
}

/** A model file. */
export interface OnnxDescription {
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
  /** Labels of a classifier, in the order of its probabilities. */
  readonly classes: readonly Label[] | undefined;
  /** Texts that its nodes tell apart, such as categories. */
  readonly texts: readonly string[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** What is found on the way through the nodes. */
interface Found {
  readonly texts: Set<string>;
  classes: readonly Label[] | undefined;
}

/** Whether bytes are those of an ONNX model, by their first ones: a version, then a text or a message. */
export function isOnnx(bytes: Uint8Array): boolean {
  return bytes[0] === 0x08 && bytes.subarray(1, 64).includes(0x12);
}

/**
 * Reads the description.
 * @throws BUNDLE_INVALID where the bytes are no ONNX model
 * @throws MODEL_FILE_UNSUPPORTED where a part of it lies in other files
 */
export function readOnnx(bytes: Uint8Array): OnnxDescription {
  const found: Found = { texts: new Set(), classes: undefined };
  const metadata = new Map<string, string>();
  let graph: Uint8Array | undefined;
  for (const { number, bytes: value } of protobufEntries(bytes, FORMAT)) {
    if (number === 7) graph = value;
    if (number === 14) metadata.set(textOf(value, 1), textOf(value, 2));
    if (number === 25) walkNodes(value, 7, found, 0);
  }
  if (graph === undefined) throw brokenFile(FORMAT, 'it has no graph');
  walkGraph(graph, found, 0);
  return { ...portsOf(graph), classes: found.classes, texts: [...found.texts], metadata };
}

function portsOf(graph: Uint8Array): Pick<OnnxDescription, 'inputs' | 'outputs'> {
  const constants = new Set<string>();
  const inputs: OnnxPort[] = [];
  const outputs: OnnxPort[] = [];
  for (const { number, bytes } of protobufEntries(graph, FORMAT)) {
    if (number === 5) constants.add(textOf(bytes, 8));
    if (number === 11) inputs.push(portOf(bytes));
    if (number === 12) outputs.push(portOf(bytes));
  }
  return { inputs: inputs.filter(({ name }) => !constants.has(name)), outputs };
}

function portOf(bytes: Uint8Array): OnnxPort {
  const type = messageOf(bytes, 2);
  const tensor = [...protobufEntries(type, FORMAT)].find(({ number }) => number === 1);
  const port = { name: textOf(bytes, 1), isTensor: tensor !== undefined };
  if (tensor === undefined) return { ...port, type: undefined, dims: [] };
  let element = 0;
  const dims: (number | undefined)[] = [];
  for (const { number, integer, bytes: value } of protobufEntries(tensor.bytes, FORMAT)) {
    if (number === 1) element = integer;
    if (number === 2) dims.push(...sizesOf(value));
  }
  return { ...port, type: TYPES[element], dims };
}

function sizesOf(shape: Uint8Array): (number | undefined)[] {
  return entriesOf(shape, 1).map(({ bytes }) => {
    const size = entriesOf(bytes, 1)[0]?.integer;
    return size !== undefined && size >= 0 ? size : undefined;
  });
}

function walkGraph(graph: Uint8Array, found: Found, depth: number): void {
  if (depth > MAX_DEPTH) throw brokenFile(FORMAT, `its graphs must be nested at most ${MAX_DEPTH} deep`);
  walkNodes(graph, 1, found, depth);
  for (const { bytes } of entriesOf(graph, 5)) walkTensor(bytes, found);
}

/** Nodes are in a field of their own number in graphs and in functions. */
function walkNodes(owner: Uint8Array, field: number, found: Found, depth: number): void {
  for (const node of entriesOf(owner, field)) {
    for (const { bytes } of entriesOf(node.bytes, 5)) walkAttribute(bytes, found, depth);
  }
}

function walkAttribute(attribute: Uint8Array, found: Found, depth: number): void {
  const name = textOf(attribute, 1);
  const texts: string[] = [];
  const integers: number[] = [];
  for (const entry of protobufEntries(attribute, FORMAT)) {
    if (entry.number === 5) walkTensor(entry.bytes, found);
    if (entry.number === 6 || entry.number === 11) walkGraph(entry.bytes, found, depth + 1);
    if (entry.number === 9) texts.push(decoded(entry.bytes));
    if (entry.number === 8) integers.push(...integersOf(entry));
  }
  if (name === 'classlabels_strings' && texts.length > 0) found.classes = texts;
  else if ((name === 'classlabels_int64s' || name === 'classlabels_ints') && integers.length > 0)
    found.classes = integers;
  else for (const text of texts) keep(found, text);
}

function walkTensor(tensor: Uint8Array, found: Found): void {
  for (const { number, integer, bytes } of protobufEntries(tensor, FORMAT)) {
    if (number === 14 && integer === EXTERNAL) {
      throw unsupportedFile(
        FORMAT,
        'it keeps numbers in other files',
        "onnx.save(model, 'model.onnx', save_as_external_data=False)",
      );
    }
    if (number === 6) keep(found, decoded(bytes));
  }
}

function keep({ texts }: Found, text: string): void {
  if (texts.size >= MAX_TEXTS) throw brokenFile(FORMAT, `it must have at most ${MAX_TEXTS} texts`);
  texts.add(text);
}

/** A number, or a packed list of them. */
function integersOf({ integer, bytes }: ProtobufEntry): number[] {
  if (bytes.length === 0) return [integer];
  const values: number[] = [];
  let [value, shift] = [0n, 0n];
  for (const byte of bytes) {
    value |= BigInt(byte & 127) << shift;
    shift += 7n;
    if (byte >= 128) continue;
    values.push(Number(BigInt.asIntN(64, value)));
    [value, shift] = [0n, 0n];
  }
  return values;
}

function entriesOf(message: Uint8Array, field: number): ProtobufEntry[] {
  return [...protobufEntries(message, FORMAT)].filter(({ number }) => number === field);
}

function messageOf(message: Uint8Array, field: number): Uint8Array {
  return entriesOf(message, field).at(-1)?.bytes ?? new Uint8Array(0);
}

function textOf(message: Uint8Array, field: number): string {
  return decoded(messageOf(message, field));
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw brokenFile(FORMAT, 'a text must be UTF-8', cause);
  }
}
