// Leaf-wise and depth-wise growth: the same splits, taken in another order (LightGBM's best first, XGBoost's level by level).
import { createLeaf, GrowingTree, type Leaf, type Split } from './growing-tree.js';
import type { GrowthParameters } from './growth-parameters.js';
import { bestSplit, countRows, prepareSearch, startRoot, type TreeRun, writeNode } from './lead-engine.js';
import { leafOutput } from './leaf-output.js';
import { OPERATION } from './operations.js';

/** Whether leaf `a` is split before leaf `b`, by growth policy. */
const COMES_FIRST = {
  leafwise: (a: Leaf, b: Leaf): boolean => gainOf(a) > gainOf(b),
  depthwise: (a: Leaf, b: Leaf): boolean => a.depth < b.depth,
} as const;

/** Grows a tree until no leaf may be split. */
export function growTree(run: TreeRun, policy: keyof typeof COMES_FIRST): GrowingTree {
  const { growth } = run.engine;
  const tree = new GrowingTree(startRoot(run, growth.maxLeaves > 1 && growth.maxDepth > 0));
  while (tree.leaves.length < growth.maxLeaves) {
    const leaf = nextLeaf(tree.leaves, COMES_FIRST[policy]);
    if (leaf?.split === undefined) break;
    splitLeaf(run, tree, leaf, leaf.split);
  }
  return tree;
}

function gainOf(leaf: Leaf): number {
  return leaf.split?.gain ?? Number.NEGATIVE_INFINITY;
}

function nextLeaf(leaves: readonly Leaf[], comesFirst: (a: Leaf, b: Leaf) => boolean): Leaf | undefined {
  let next: Leaf | undefined;
  for (const leaf of leaves) {
    if (leaf.split !== undefined && (next === undefined || comesFirst(leaf, next))) next = leaf;
  }
  return next;
}

function splitLeaf(run: TreeRun, tree: GrowingTree, leaf: Leaf, split: Split): void {
  const { engine, crew } = run;
  const node = tree.nodes.length;
  const newId = tree.leaves.length;
  const isLast = newId + 1 >= engine.growth.maxLeaves || leaf.depth + 1 >= engine.growth.maxDepth;
  const isLeftSmall = 2 * split.leftH <= leaf.sumH;
  const small = isLeftSmall ? leaf.id : newId;
  writeNode(run, node, split);
  crew.run(OPERATION.splitLeaf, leaf.id, newId, split.column, node, isLast ? -1 : small, newId);
  const [left, right] = children(run, leaf, split, newId);
  left.slot = isLeftSmall ? newId : leaf.slot;
  right.slot = isLeftSmall ? leaf.slot : newId;
  tree.splitLeaf(split, left, right);
  if (!isLast) searchChildren(run, isLeftSmall ? left : right, isLeftSmall ? right : left);
}

function searchChildren(run: TreeRun, small: Leaf, big: Leaf): void {
  const isSearched = [small, big].map((leaf) => leaf.nRows >= 2 * run.engine.growth.minDataInLeaf);
  if (isSearched[0]) prepareSearch(run, small, 0);
  if (isSearched[1]) prepareSearch(run, big, 1);
  const searches = (isSearched[0] ? 1 : 0) + (isSearched[1] ? 2 : 0);
  run.crew.run(OPERATION.mergeSplit, small.slot, big.slot, small.sumG, small.sumH, searches);
  if (isSearched[0]) small.split = bestSplit(run, small, 0);
  if (isSearched[1]) big.split = bestSplit(run, big, 1);
}

/** The two leaves a split makes: rows counted, sums shared out, outputs bounded by monotone constraints. */
function children(run: TreeRun, leaf: Leaf, split: Split, newId: number): [Leaf, Leaf] {
  const { growth, plans } = run.engine;
  const extraL2 = subsetL2(growth, plans[split.column]?.kind === 'subset', plans[split.column]?.nBins ?? 0);
  const path = growth.interactions === undefined ? leaf.path : [...leaf.path, split.column];
  const left = child(run, leaf, leaf.id, split.leftG, split.leftH, extraL2, path);
  const right = child(run, leaf, newId, leaf.sumG - split.leftG, leaf.sumH - split.leftH, extraL2, path);
  if (growth.isMonotone) bound(left, right, growth.monotone[split.column] ?? 0);
  return [left, right];
}

function child(
  run: TreeRun,
  parent: Leaf,
  id: number,
  sumG: number,
  sumH: number,
  extraL2: number,
  path: readonly number[],
): Leaf {
  const { engine, unitG, unitH } = run;
  const { growth } = engine;
  const rule = extraL2 === 0 ? growth : { ...growth, lambdaL2: growth.lambdaL2 + extraL2 };
  const nRows = countRows(engine, id);
  const { lower, upper, output: parentOutput } = parent;
  const output = leafOutput(sumG * unitG, sumH * unitH, nRows, rule, { parentOutput, lower, upper });
  const depth = parent.depth + 1;
  return createLeaf({ id, depth, sumG, sumH, nRows, output, lower, upper, parentOutput, extraL2, path });
}

function subsetL2(growth: GrowthParameters, isSubset: boolean, nBins: number): number {
  return isSubset && nBins - 1 > growth.maxCatToOnehot ? growth.catL2 : 0;
}

/** Below a monotone split neither side may pass the middle between both outputs (LightGBM's basic method). */
function bound(left: Leaf, right: Leaf, monotone: number): void {
  const middle = (left.output + right.output) / 2;
  if (monotone > 0) {
    left.upper = middle;
    right.lower = middle;
  } else if (monotone < 0) {
    left.lower = middle;
    right.upper = middle;
  }
}
