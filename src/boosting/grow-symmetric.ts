// Symmetric growth: every leaf of a level is split by the same test, so that a tree is a table of 2^depth leaves (CatBoost's
// oblivious trees).
import { createLeaf, GrowingTree, type Leaf, type Split } from './growing-tree.js';
import { allowedColumns, countRows, startRoot, type TreeRun } from './lead-engine.js';
import { leafGain, leafOutput } from './leaf-output.js';
import { OPERATION } from './operations.js';
import { readCandidate } from './search-leaf.js';
import { mergeSiblings, splitLeaves } from './split-leaves.js';

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
  const leaves = [...tree.leaves];
  const { splitsAtOnce } = run.engine.layout;
  for (let first = 0; first < leaves.length; first += splitsAtOnce) {
    const chosen = leaves.slice(first, first + splitsAtOnce).map((leaf) => {
      return { leaf, split: { ...test, ...leftSums(run, leaf, test), gain: test.gain / leaves.length }, isLast };
    });
    mergeSiblings(run, splitLeaves(run, tree, chosen, children), () => 0);
  }
}

function children(run: TreeRun, leaf: Leaf, { leftG, leftH }: Split, newId: number): [Leaf, Leaf] {
  return [child(run, leaf, leaf.id, leftG, leftH), child(run, leaf, newId, leaf.sumG - leftG, leaf.sumH - leftH)];
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
  let leftG = test.missingLeft ? (views.i32[g] as number) : 0;
  let leftH = test.missingLeft ? (views.i32[h] as number) : 0;
  for (let bin = 1; bin <= test.bin; bin++) {
    leftG += views.i32[g + bin] as number;
    leftH += views.i32[h + bin] as number;
  }
  return { leftG, leftH };
}
