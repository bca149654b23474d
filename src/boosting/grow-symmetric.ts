// Symmetric growth: every leaf of a level is split by the same test, so that a tree is a table of 2^depth leaves (CatBoost's
// oblivious trees).
import { createLeaf, GrowingTree, isBinLeft, type Leaf, type Split } from './growing-tree.js';
import { allowedColumns, countRows, startRoot, type TreeRun, writeNode } from './lead-engine.js';
import { leafGain, leafOutput } from './leaf-output.js';
import { OPERATION } from './operations.js';
import { readCandidate } from './search-leaf.js';

/** Grows a tree level by level, until the depth is reached or no test gains. */
export function growSymmetric(run: TreeRun): GrowingTree {
  const tree = new GrowingTree(startRoot(run, false));
  const { maxDepth } = run.engine.growth;
  for (let depth = 0; depth < maxDepth; depth++) {
    const test = bestTest(run, tree.leaves, depth);
    if (test === undefined) break;
    splitLevel(run, tree, test, depth + 1 === maxDepth);
  }
  return tree;
}

function bestTest(run: TreeRun, leaves: readonly Leaf[], depth: number): Split | undefined {
  const { engine, crew, unitG, unitH } = run;
  const { layout, views, growth } = engine;
  leaves.forEach((leaf, i) => {
    const histogram = layout.histograms + leaf.slot * layout.histogramBytes;
    views.f64.set([histogram, leaf.sumG, leaf.sumH], layout.level / 8 + i * 3);
  });
  const seed = (run.seed + Math.imul(depth + 1, 0x9e3779b1)) | 0;
  views.u8.set(allowedColumns(run, leaves[0] as Leaf, seed), layout.allowed);
  crew.run(OPERATION.searchLevel, leaves.length, unitG, unitH);
  const own = leaves.reduce(
    (sum, leaf) => sum + leafGain(leaf.sumG * unitG, leaf.sumH * unitH, growth.lambdaL1, growth.lambdaL2),
    0,
  );
  let best: Split | undefined;
  for (let column = 0; column < layout.nColumns; column++) {
    const found = readCandidate(views.f64, layout, 0, column);
    const gain = found.gain - own;
    if (gain <= Math.max(growth.minGainToSplit, best?.gain ?? 1e-12)) continue;
    best = { ...found, gain, column, goesLeft: undefined };
  }
  return best;
}

function splitLevel(run: TreeRun, tree: GrowingTree, test: Split, isLast: boolean): void {
  const { crew } = run;
  const leaves = [...tree.leaves];
  leaves.forEach((leaf, i) => {
    const newId = leaves.length + i;
    const node = tree.nodes.length;
    const split = { ...test, ...leftSums(run, leaf, test), gain: test.gain / leaves.length };
    const isLeftSmall = 2 * split.leftH <= leaf.sumH;
    writeNode(run, node, split);
    const small = isLast ? -1 : isLeftSmall ? leaf.id : newId;
    crew.run(OPERATION.splitLeaf, leaf.id, newId, split.column, node, small, newId);
    const left = child(run, leaf, leaf.id, split.leftG, split.leftH);
    const right = child(run, leaf, newId, leaf.sumG - split.leftG, leaf.sumH - split.leftH);
    left.slot = isLeftSmall ? newId : leaf.slot;
    right.slot = isLeftSmall ? leaf.slot : newId;
    tree.splitLeaf(split, left, right);
    if (isLast) return;
    const [smaller, bigger] = isLeftSmall ? [left, right] : [right, left];
    crew.run(OPERATION.mergeSplit, smaller.slot, bigger.slot, smaller.sumG, smaller.sumH, 0);
  });
}

function child({ engine, unitG, unitH }: TreeRun, leaf: Leaf, id: number, sumG: number, sumH: number): Leaf {
  const nRows = countRows(engine, id);
  const output = leafOutput(sumG * unitG, sumH * unitH, nRows, engine.growth, leaf);
  const { lower, upper, path, extraL2, output: parentOutput } = leaf;
  return createLeaf({
    id,
    depth: leaf.depth + 1,
    sumG,
    sumH,
    nRows,
    output,
    lower,
    upper,
    parentOutput,
    extraL2,
    path,
  });
}

/** Quantized sums of a leaf's rows that pass a test. */
function leftSums({ engine }: TreeRun, leaf: Leaf, test: Split): { leftG: number; leftH: number } {
  const { layout, views } = engine;
  const g = (layout.histograms + leaf.slot * layout.histogramBytes) / 4 + test.column * 256;
  const h = g + layout.nSlots * 256;
  let leftG = 0;
  let leftH = 0;
  for (let bin = 0; bin < 256; bin++) {
    if (!isBinLeft(test, bin)) continue;
    leftG += views.i32[g + bin] as number;
    leftH += views.i32[h + bin] as number;
  }
  return { leftG, leftH };
}
