// An ensemble as JSON: arrays of numbers by field; read as untrusted input.
import type { Json, JsonObject } from '../core/json.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { checkTreeEnsemble } from './scoring/check-tree-ensemble.js';
import type { TreeEnsemble } from './scoring/tree-ensemble.js';
import type { Tree } from './tree.js';

const FIELDS: { readonly [K in keyof Tree]: { from(values: ArrayLike<number>): Tree[K]; max: number; min: number } } = {
  splitFeature: integers(),
  threshold: { from: (values) => Float64Array.from(values), min: -Number.MAX_VALUE, max: Number.MAX_VALUE },
  defaultLeft: { from: (values) => Uint8Array.from(values), min: 0, max: 1 },
  categoryStart: integers(),
  categoryBits: { from: (values) => Uint32Array.from(values), min: 0, max: 0xffffffff },
  leftChild: integers(),
  rightChild: integers(),
  leafValue: { from: (values) => Float64Array.from(values), min: -Number.MAX_VALUE, max: Number.MAX_VALUE },
  gain: { from: (values) => Float64Array.from(values), min: -Number.MAX_VALUE, max: Number.MAX_VALUE },
  nodeCover: { from: (values) => Float64Array.from(values), min: 0, max: Number.MAX_VALUE },
  leafCover: { from: (values) => Float64Array.from(values), min: 0, max: Number.MAX_VALUE },
  nodeCount: integers(),
  leafCount: integers(),
};

function integers(): { from(values: ArrayLike<number>): Int32Array; min: number; max: number } {
  return { from: (values) => Int32Array.from(values), min: -(2 ** 31), max: 2 ** 31 - 1 };
}

/** The ensemble as plain data; -0 becomes 0, which JSON would do silently. */
export function ensembleToJson({ baseScore, trees }: TreeEnsemble): JsonObject {
  return { baseScore: plain(baseScore), trees: trees.map(treeToJson) };
}

/**
 * The ensemble of plain data.
 * @throws BUNDLE_INVALID
 */
export function ensembleFromJson(json: Json | undefined, nFeatures: number, nOutputs: number): TreeEnsemble {
  const { baseScore, trees } = objectOf(json, 'ensemble');
  if (!Array.isArray(trees)) throw broken('trees must be an array');
  const ensemble: TreeEnsemble = {
    nFeatures,
    nOutputs,
    baseScore: Float64Array.from(numbersOf(baseScore, 'baseScore', -Number.MAX_VALUE, Number.MAX_VALUE, false)),
    trees: trees.map(treeFromJson),
    inputPrecision: 'float64',
    sumPrecision: 'float64',
  };
  checkTreeEnsemble(ensemble);
  return ensemble;
}

function treeToJson(tree: Tree): JsonObject {
  return Object.fromEntries(Object.keys(FIELDS).map((name) => [name, plain(tree[name as keyof Tree])]));
}

function treeFromJson(json: Json, index: number): Tree {
  const object = objectOf(json, `trees[${index}]`);
  const fields = Object.entries(FIELDS).map(([name, { from, min, max }]) => {
    const isWhole = !(from([]) instanceof Float64Array);
    return [name, from(numbersOf(object[name], `trees[${index}].${name}`, min, max, isWhole))];
  });
  return Object.fromEntries(fields) as unknown as Tree;
}

function plain(values: ArrayLike<number>): number[] {
  return Array.from(values, (value) => value + 0);
}

function objectOf(json: Json | undefined, name: string): JsonObject {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw broken(`${name} must be an object`);
  return json as JsonObject;
}

function numbersOf(json: Json | undefined, name: string, min: number, max: number, isWhole: boolean): number[] {
  if (!Array.isArray(json)) throw broken(`${name} must be an array`);
  const fits = (value: Json): boolean =>
    typeof value === 'number' && value >= min && value <= max && (!isWhole || Number.isInteger(value));
  const bad = json.findIndex((value) => !fits(value));
  if (bad >= 0) throw broken(`${name}[${bad}] must be ${isWhole ? 'an integer' : 'a number'} in range`);
  return json as number[];
}

function broken(rule: string): TabwrightError {
  return new TabwrightError('BUNDLE_INVALID', `booster: ${rule}`);
}
