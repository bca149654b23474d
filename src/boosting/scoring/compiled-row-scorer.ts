// Trees as JavaScript functions of nested comparisons, which V8 makes into machine code with the thresholds in it. Only numbers of
// a checked ensemble get into the source.
import type { Tree } from '../tree.js';
import { hasLevel } from './leaf-of.js';
import type { RowScorer } from './scorer.js';
import type { TreeEnsemble } from './tree-ensemble.js';

/** V8 does not optimize functions over about 60 kB of bytecode; a node takes some 20 bytes. */
const MAX_NODES = 1500;
/** V8's parser recurses into nested expressions, and runs out of stack somewhere past 1000. */
const MAX_DEPTH = 100;

/** Adds the leaves of some trees to a sum. */
type AddTrees = (sum: number, x: Float64Array) => number;

/**
 * A row scorer of generated code, or undefined where a tree is too large for it or the host forbids code generation.
 * The ensemble must have passed `checkTreeEnsemble`.
 */
export function compiledRowScorer(ensemble: TreeEnsemble): RowScorer | undefined {
  if (!ensemble.trees.every(isSmall)) return undefined;
  const { nOutputs, baseScore } = ensemble;
  let parts: AddTrees[][];
  try {
    parts = Array.from({ length: nOutputs }, (_, output) => compileOutput(ensemble, output));
  } catch (error) {
    if (error instanceof EvalError) return undefined;
    throw error;
  }
  const rounded = ensemble.inputPrecision === 'float32' ? new Float64Array(ensemble.nFeatures) : undefined;
  return (values, out) => {
    if (rounded !== undefined) for (let f = 0; f < rounded.length; f++) rounded[f] = Math.fround(values[f] as number);
    const inputs = rounded ?? values;
    for (let output = 0; output < nOutputs; output++) {
      let sum = baseScore[output] as number;
      for (const addTrees of parts[output] as AddTrees[]) sum = addTrees(sum, inputs);
      out[output] = sum;
    }
  };
}

function isSmall(tree: Tree): boolean {
  return (
    tree.splitFeature.length <= MAX_NODES && depthBelow(tree, tree.splitFeature.length === 0 ? -1 : 0) <= MAX_DEPTH
  );
}

function depthBelow(tree: Tree, child: number): number {
  if (child < 0) return 0;
  const left = depthBelow(tree, tree.leftChild[child] as number);
  return 1 + Math.max(left, depthBelow(tree, tree.rightChild[child] as number));
}

function compileOutput({ trees, nOutputs, sumPrecision }: TreeEnsemble, output: number): AddTrees[] {
  const own = trees.filter((_, t) => t % nOutputs === output);
  return chunks(own).map((chunk) => compileTrees(chunk, sumPrecision === 'float32'));
}

/** Consecutive trees in lists of at most MAX_NODES nodes. */
function chunks(trees: readonly Tree[]): Tree[][] {
  const lists: Tree[][] = [];
  let nNodes = Number.POSITIVE_INFINITY;
  for (const tree of trees) {
    nNodes += tree.splitFeature.length;
    if (nNodes > MAX_NODES) {
      lists.push([]);
      nNodes = tree.splitFeature.length;
    }
    lists.at(-1)?.push(tree);
  }
  return lists;
}

function compileTrees(trees: readonly Tree[], float32Sum: boolean): AddTrees {
  const lines = trees.map((tree, t) => {
    const leaf = source(tree, t, tree.splitFeature.length === 0 ? -1 : 0);
    return float32Sum ? `s=fround(s+${leaf});` : `s+=${leaf};`;
  });
  const body = `"use strict";return function(s,x){${lines.join('\n')}\nreturn s}`;
  return new Function('fround', 'has', 'words', body)(
    Math.fround,
    hasLevel,
    trees.map((tree) => tree.categoryBits),
  );
}

/** The expression of a child: a leaf's value, or a choice between the expressions below. */
function source(tree: Tree, t: number, child: number): string {
  if (child < 0) return literal(tree.leafValue[~child] as number);
  const left = source(tree, t, tree.leftChild[child] as number);
  const right = source(tree, t, tree.rightChild[child] as number);
  return `(${condition(tree, t, child)}?${left}:${right})`;
}

/** True where the row goes left; comparisons with NaN are false, so the missing direction chooses between <= and not >. */
function condition(tree: Tree, t: number, node: number): string {
  const value = `x[${tree.splitFeature[node]}]`;
  const start = tree.categoryStart[node] as number;
  const end = tree.categoryStart[node + 1] as number;
  const missingLeft = tree.defaultLeft[node] === 1;
  if (start === end) {
    const threshold = literal(tree.threshold[node] as number);
    return missingLeft ? `!(${value}>${threshold})` : `${value}<=${threshold}`;
  }
  const has = `has(words[${t}],${start},${end},${value})`;
  return missingLeft ? `(${value}!==${value}||${has})` : has;
}

/** A number as source; its shortest decimal form reads back to the same bits, but loses the sign of -0. */
function literal(value: number): string {
  return Object.is(value, -0) ? '-0' : `${value}`;
}
