// An ONNX file as a fitted model: what its graph leaves open is told by the caller, or by a row that is tried.
import { readFile } from 'node:fs/promises';
import type { Label } from '../core/cell.js';
import type { ModelFeature } from '../core/feature-matrix.js';
import type { Task } from '../core/feature-spec.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { unsupportedFile } from '../formats/model-file-error.js';
import { storedOnnxMetadata } from '../formats/onnx-metadata.js';
import type { OnnxPort } from '../formats/onnx-reader.js';
import { isOnnx, readOnnx } from '../formats/onnx-reader.js';
import { FittedOnnx } from './fitted-onnx.js';
import type { OnnxSession } from './onnx-session.js';
import { openOnnxSession } from './onnx-session.js';
import { onnxTensor } from './onnx-tensor.js';
import type { OnnxInput } from './onnx-wiring.js';

/** What an ONNX file does not always say. */
export interface OnnxFileOptions {
  /** Told from the output where absent: one number a row is a regression, several are the probabilities of classes. */
  readonly task?: Task | undefined;
  /** Names of the columns of all inputs; `f0`, `f1`, … for those of a matrix where absent. */
  readonly features?: readonly string[] | undefined;
  /** The output with the scores; told from names and types where absent. */
  readonly output?: string | undefined;
  /** The package onnxruntime-node, where it is not to be found from here or from the working directory. */
  readonly runtime?: string | undefined;
}

/** A model, and the labels of its classes where the file has them. */
export interface OnnxModel {
  readonly model: FittedOnnx;
  readonly classes: readonly Label[] | undefined;
}

/** The level of a text that a graph has no rule of its own for. */
export const ANY_OTHER_TEXT = '(any other)';
const FORMAT = 'ONNX model';
const MAX_FEATURES = 100_000;
const TASKS = ['regression', 'binary', 'multiclass'] as const;

/**
 * Reads an ONNX file and loads it with onnxruntime-node, which must be installed. Inputs of strings become categorical features with
 * the texts that the graph knows, and one level for all others.
 * @param file a path, or the bytes
 * @throws FILE_NOT_FOUND, PACKAGE_MISSING
 * @throws BUNDLE_INVALID where the file is no ONNX model
 * @throws MODEL_FILE_UNSUPPORTED for inputs and outputs that are no columns and scores, and where onnxruntime fails
 * @throws OPTION_INVALID where options do not fit the graph
 */
export async function readOnnxFile(file: string | Uint8Array, options: OnnxFileOptions = {}): Promise<OnnxModel> {
  const bytes = typeof file === 'string' ? await readBytes(file) : file;
  const description = readOnnx(bytes);
  const stored = storedOnnxMetadata(description.metadata);
  const inputs = description.inputs.map((port) => inputOf(port, description.inputs.length, options.features));
  const features = featuresOf(inputs, description.texts, options.features, stored?.features);
  const output = outputOf(description.outputs, options.output);
  const session = openOnnxSession(bytes, options.runtime);
  const outputWidth = triedWidth(session, inputs, features, output);
  const task = options.task ?? stored?.task ?? (TASKS[outputWidth - 1] as Task | undefined) ?? 'multiclass';
  const nClasses = { binary: 2, multiclass: outputWidth, regression: 1 }[task];
  if (!{ binary: outputWidth <= 2, multiclass: outputWidth > 1, regression: outputWidth === 1 }[task]) {
    throw new TabwrightError('OPTION_INVALID', `onnx: task ${task} does not fit ${outputWidth} numbers a row`);
  }
  const header = { kind: 'onnx', task, nClasses, features };
  const model = new FittedOnnx({ header, wiring: { inputs, output, outputWidth }, bytes, session });
  return { model, classes: task === 'regression' ? undefined : (stored?.classes ?? description.classes) };
}

/** Whether a file is an ONNX model, by its first bytes. @throws FILE_NOT_FOUND */
export async function isOnnxFile(path: string): Promise<boolean> {
  return isOnnx(await readBytes(path));
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new TabwrightError('FILE_NOT_FOUND', 'the model file does not exist or cannot be read', { cause });
  }
}

function inputOf({ name, type, dims }: OnnxPort, nInputs: number, given: OnnxFileOptions['features']): OnnxInput {
  if (type === undefined || dims.length < 1 || dims.length > 2) {
    throw unsupportedFile(
      FORMAT,
      `its input ${JSON.stringify(name.slice(0, 60))} is no column and no matrix of columns`,
    );
  }
  const isFlat = dims.length === 1;
  const width = isFlat ? 1 : (dims[1] ?? (nInputs === 1 ? given?.length : undefined));
  if (width === undefined)
    throw new TabwrightError('OPTION_INVALID', 'onnx: the input has no width: name its features');
  if (!(width > 0 && width <= MAX_FEATURES)) throw unsupportedFile(FORMAT, `an input has ${width} columns`);
  return { name, type, width, isFlat };
}

function featuresOf(
  inputs: readonly OnnxInput[],
  texts: readonly string[],
  given: OnnxFileOptions['features'],
  stored: readonly ModelFeature[] | undefined,
): ModelFeature[] {
  const levels = [...texts.filter((text) => text !== '' && text !== ANY_OTHER_TEXT), ANY_OTHER_TEXT];
  const own = inputs.flatMap(({ name, width }) => {
    if (width === 1) return [name];
    return Array.from({ length: width }, (_, i) => (inputs.length === 1 ? `f${i}` : `${name}_${i}`));
  });
  const isText = inputs.flatMap(({ type, width }) => new Array<boolean>(width).fill(type === 'string'));
  const names = given ?? (stored?.length === own.length ? stored.map(({ name }) => name) : own);
  if (names.length !== own.length || new Set(names).size !== own.length) {
    throw new TabwrightError(
      'OPTION_INVALID',
      `onnx: features must be ${own.length} different names, got ${names.length}`,
    );
  }
  return names.map((name, i): ModelFeature => {
    if (isText[i]) return { name, kind: 'categorical', levels };
    const { kind = 'numeric', levels: positions } = stored?.[i] ?? {};
    return kind === 'categorical' && positions !== undefined
      ? { name, kind, levels: positions }
      : { name, kind: 'numeric' };
  });
}

/** The output that is named, or the one of scores: probabilities before any other numbers. */
function outputOf(outputs: readonly OnnxPort[], given: string | undefined): string {
  const scores = outputs.filter(({ type }) => type === 'float32' || type === 'float64');
  const found =
    given === undefined
      ? (scores.find(({ name }) => /prob|scores/i.test(name)) ?? scores.at(-1))
      : outputs.find(({ name }) => name === given);
  if (found !== undefined) return found.name;
  if (given !== undefined) throw new TabwrightError('OPTION_INVALID', 'onnx: the model has no output of this name');
  if (outputs.some(({ isTensor }) => !isTensor)) {
    throw unsupportedFile(
      FORMAT,
      'its probabilities are a list of maps',
      "convert_sklearn(model, initial_types=types, options={'zipmap': False})",
    );
  }
  throw unsupportedFile(FORMAT, 'none of its outputs holds floating-point numbers');
}

/** Numbers a row of an output, from one row of zeros. */
function triedWidth(
  session: OnnxSession,
  inputs: readonly OnnxInput[],
  features: readonly ModelFeature[],
  output: string,
): number {
  const zero = new Float64Array(1);
  let at = 0;
  const feeds = inputs.map((input) => {
    const own = features.slice(at, at + input.width);
    at += input.width;
    return [
      input.name,
      onnxTensor(
        input,
        own.map(() => zero),
        own,
        1,
      ),
    ] as const;
  });
  const width = session.run(Object.fromEntries(feeds), output).length;
  if (width > 0) return width;
  throw unsupportedFile(FORMAT, 'its output has no numbers');
}
