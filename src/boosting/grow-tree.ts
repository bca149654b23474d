// Leaf-wise and depth-wise growth: the same splits, taken in another order (LightGBM's best first, XGBoost's level by level).
import { createLeaf, GrowingTree, type Leaf, type Split } from './growing-tree.js';
import type { GrowthParameters } from './growth-parameters.js';
import { bestSplit, countRows, prepareSearch, startRoot, type TreeRun } from './lead-engine.js';
import { leafOutput } from './leaf-output.js';
import { type ChosenSplit, mergeSiblings, type Siblings, splitLeaves } from './split-leaves.js';

/** Grows a tree until no leaf may be split. */
export function growTree(run: TreeRun, policy: 'leafwise' | 'depthwise'): GrowingTree {
  const { growth } = run.engine;
  const tree = new GrowingTree(startRoot(run, growth.maxLeaves > 1 && growth.maxDepth > 0));
  const next = policy === 'leafwise' ? bestLeaf : leavesOfLevel;
  while (tree.leaves.length < growth.maxLeaves) {
    const room = growth.maxLeaves - tree.leaves.length;
    const leaves = next(tree.leaves, Math.min(room, run.engine.layout.splitsAtOnce));
    if (leaves.length === 0) break;
    searchChildren(
      run,
      splitLeaves(
        run,
        tree,
        leaves.map((leaf, i) => chosenSplit(growth, leaf, room - i)),
        children,
      ),
    );
  }
  return tree;
}

type SplitLeaf = Leaf & { readonly split: Split };

/** The leaf whose split gains most. */
function bestLeaf(leaves: readonly Leaf[]): SplitLeaf[] {
  let best: Leaf | undefined;
  for (const leaf of leaves) if (gainOf(leaf) > gainOf(best)) best = leaf;
  return best === undefined ? [] : [best].filter(isSplit);
}

function gainOf(leaf: Leaf | undefined): number {
  return leaf?.split?.gain ?? Number.NEGATIVE_INFINITY;
}

/** The first leaves of the lowest level that has any to split. */
function leavesOfLevel(leaves: readonly Leaf[], most: number): SplitLeaf[] {
  const open = leaves.filter(isSplit);
  const depth = open.reduce((least, leaf) => Math.min(least, leaf.depth), Number.POSITIVE_INFINITY);
  return open.filter((leaf) => leaf.depth === depth).slice(0, most);
}

function isSplit(leaf: Leaf): leaf is SplitLeaf {
  return leaf.split !== undefined;
}

function chosenSplit({ maxDepth }: GrowthParameters, leaf: SplitLeaf, room: number): ChosenSplit {
  return { leaf, split: leaf.split, isLast: room === 1 || leaf.depth + 1 >= maxDepth };
}

function searchChildren(run: TreeRun, siblings: readonly Siblings[]): void {
  const least = 2 * run.engine.growth.minDataInLeaf;
  mergeSiblings(run, siblings, ({ small, big }, i) => {
    if (small.nRows >= least) prepareSearch(run, small, 2 * i);
    if (big.nRows >= least) prepareSearch(run, big, 2 * i + 1);
    return (small.nRows >= least ? 1 : 0) + (big.nRows >= least ? 2 : 0);
  });
  siblings.forEach(({ small, big }, i) => {
    if (small.nRows >= least) small.split = bestSplit(run, small, 2 * i);
    if (big.nRows >= least) big.split = bestSplit(run, big, 2 * i + 1);
  });
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
