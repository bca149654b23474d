// The model.json of the built-in kinds: written from fields, read as untrusted input with every name, number and length checked.
import type { ModelFeature } from '../core/feature-matrix.js';
import type { Task } from '../core/feature-spec.js';
import type { Json, JsonObject } from '../core/json.js';
import type { ModelFiles } from '../core/model.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { valueKind } from '../core/value-kind.js';

const FILE = 'model.json';
const FORMAT = 1;
const TASKS: readonly string[] = ['binary', 'multiclass', 'regression'] satisfies Task[];

/** What every model.json says. */
export interface ModelHeader {
  readonly kind: string;
  readonly task: Task;
  /** Classes of a multiclass task; 2 for binary, 1 for regression. */
  readonly nClasses: number;
  readonly features: readonly ModelFeature[];
}

/** A parsed model.json: its header and checked access to the rest. Every method throws BUNDLE_INVALID. */
export interface ModelJson extends ModelHeader {
  /** Whether there is such a member. */
  has(key: string): boolean;
  /** A finite number. */
  number(key: string): number;
  /** Exactly `length` finite numbers. */
  numbers(key: string, length: number): Float64Array;
  /** A JSON object, or an empty one where the key is absent. */
  object(key: string): JsonObject;
}

/** The files of a model that is its header and some fields: one model.json. */
export function modelJsonFiles(header: ModelHeader, fields: Readonly<Record<string, Json>>): Map<string, Uint8Array> {
  const { kind, task, nClasses } = header;
  const features = header.features.map(({ name, kind, levels }) => (levels ? { name, kind, levels } : { name, kind }));
  const json = { format: FORMAT, kind, task, nClasses, features, ...fields };
  return new Map([[FILE, new TextEncoder().encode(`${JSON.stringify(json)}\n`)]]);
}

/**
 * Reads the model.json among a model's files.
 * @throws BUNDLE_INVALID where it is absent, no JSON, of another kind or format, or its header is broken
 */
export function readModelJson(files: ModelFiles, kind: string): ModelJson {
  const root = parse(requireFile(files, FILE));
  if (root.format !== FORMAT) throw broken('format', `${FORMAT}`, root.format);
  if (root.kind !== kind) throw broken('kind', JSON.stringify(kind), root.kind);
  const task = root.task;
  if (!isTask(task)) throw broken('task', `one of ${TASKS.join(', ')}`, task);
  return {
    kind,
    task,
    nClasses: classCount(root.nClasses, task),
    features: featureList(root.features),
    has: (key) => root[key] !== undefined,
    number: (key) => finite(root[key], key),
    numbers: (key, length) => finiteNumbers(root[key], key, length),
    object: (key) => (root[key] === undefined ? {} : jsonObject(root[key], key)),
  };
}

/** One file of a model. @throws BUNDLE_INVALID where it is absent */
export function requireFile(files: ModelFiles, path: string): Uint8Array {
  const bytes = files.get(path);
  if (bytes === undefined) throw new TabwrightError('BUNDLE_INVALID', `the model has no file ${path}`);
  return bytes;
}

/** Numbers as JSON takes them; -0 becomes 0, which JSON would do silently. */
export function jsonNumbers(values: Float64Array): number[] {
  return Array.from(values, (value) => value + 0);
}

function parse(bytes: Uint8Array): JsonObject {
  let root: unknown;
  try {
    root = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new TabwrightError('BUNDLE_INVALID', `${FILE} must be JSON`, { cause });
  }
  return jsonObject(root, 'the root');
}

function jsonObject(value: unknown, key: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw broken(key, 'an object', value);
  return Object.assign(Object.create(null), value) as JsonObject;
}

function isTask(value: unknown): value is Task {
  return typeof value === 'string' && TASKS.includes(value);
}

function classCount(value: unknown, task: Task): number {
  const fixed = { binary: 2, regression: 1, multiclass: undefined }[task];
  const count = finite(value, 'nClasses');
  const fits = fixed === undefined ? Number.isSafeInteger(count) && count >= 2 : count === fixed;
  if (!fits) throw broken('nClasses', fixed === undefined ? 'an integer >= 2' : `${fixed}`, value);
  return count;
}

function featureList(value: unknown): readonly ModelFeature[] {
  if (!Array.isArray(value)) throw broken('features', 'an array', value);
  const features = value.map(feature);
  const names = new Set(features.map(({ name }) => name));
  if (names.size !== features.length)
    throw new TabwrightError('BUNDLE_INVALID', `${FILE}: features must differ in name`);
  return features;
}

function feature(value: unknown, index: number): ModelFeature {
  const key = `features[${index}]`;
  const { name, kind, levels } = jsonObject(value, key);
  if (typeof name !== 'string') throw broken(`${key}.name`, 'a string', name);
  if (kind !== 'numeric' && kind !== 'categorical') throw broken(`${key}.kind`, 'numeric or categorical', kind);
  if (levels === undefined) return { name, kind };
  if (!isStrings(levels)) throw broken(`${key}.levels`, 'an array of strings', levels);
  return { name, kind, levels };
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function finite(value: unknown, key: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw broken(key, 'a finite number', value);
  return value;
}

function finiteNumbers(value: unknown, key: string, length: number): Float64Array {
  if (!Array.isArray(value)) throw broken(key, 'an array', value);
  if (value.length !== length) {
    throw new TabwrightError('BUNDLE_INVALID', `${FILE}: ${key} must have ${length} numbers, got ${value.length}`);
  }
  return Float64Array.from(value, (item) => finite(item, key));
}

function broken(key: string, rule: string, value: unknown): TabwrightError {
  return new TabwrightError('BUNDLE_INVALID', `${FILE}: ${key} must be ${rule}, got ${valueKind(value)}`);
}
