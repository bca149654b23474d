// What the threads do with a grown tree: sum its leaves, renew their values, add them to the scores.
import { type Engine, gradientsOf, rowsOf, scoresOf, shareOf } from './engine.js';
import { leafRows } from './leaf-rows.js';
import { weightedQuantile } from './objectives/weighted-quantile.js';

/** Notes the leaf of each of this thread's rows, in the room that partitions need no longer, and sums the leaves' unrounded gradients. */
export function sumLeaves(
  engine: Engine,
  thread: number,
  k: number,
  nLeaves: number,
  scaleG: number,
  scaleH: number,
): void {
  const { layout, kernels, views } = engine;
  const { from, to } = rowsOf(engine, thread);
  for (let leaf = 0; leaf < nLeaves; leaf++) {
    const { start, count } = leafRows(engine, thread, leaf);
    kernels.markRows(layout.rows + start * 4, count, leaf, layout.spare);
  }
  if (engine.isSampled) {
    for (let row = from; row < to; row++) {
      if (views.u8[layout.inBag + row] === 0) views.u32[layout.spare / 4 + row] = leafOf(engine, row, nLeaves);
    }
  }
  const sums = layout.leafSums + thread * layout.maxLeaves * 16;
  views.f64.fill(0, sums / 8, sums / 8 + nLeaves * 2);
  kernels.sumByLeaf(gradientsOf(layout, k), layout.spare, from, to, scaleG, scaleH, sums);
}

/** Leaf values as quantiles of what is left of the target, each leaf by one thread. */
export function renewLeaves(engine: Engine, thread: number, k: number, nLeaves: number, alpha: number): void {
  const { layout, views, lossRows } = engine;
  const scores = lossRows.scores[k] as Float64Array;
  for (let leaf = thread; leaf < nLeaves; leaf += layout.nThreads) {
    const rows = rowsOfLeaf(engine, leaf);
    const residuals = Float64Array.from(rows, (row) => (lossRows.target[row] as number) - (scores[row] as number));
    const weights = lossRows.weights && Float64Array.from(rows, (row) => lossRows.weights?.[row] as number);
    views.f64[layout.leafValues / 8 + leaf] = weightedQuantile(residuals, weights, alpha);
  }
}

function rowsOfLeaf(engine: Engine, leaf: number): number[] {
  const { layout, views } = engine;
  const rows: number[] = [];
  for (let thread = 0; thread < layout.nThreads; thread++) {
    const { start, count } = leafRows(engine, thread, leaf);
    for (let i = 0; i < count; i++) rows.push(views.u32[layout.rows / 4 + start + i] as number);
  }
  return rows;
}

/** Adds a grown tree to the scores of the rows that `sumLeaves` saw, and of those held out. */
export function addTree(engine: Engine, thread: number, k: number, nLeaves: number): void {
  const { layout, kernels, views } = engine;
  const { from, to } = rowsOf(engine, thread);
  const scores = scoresOf(layout, k);
  kernels.addByLeaf(scores, layout.spare, from, to, layout.leafValues);
  const held = shareOf(layout.nAllRows - layout.nRows, layout.nThreads, thread, 64);
  for (let row = layout.nRows + held.from; row < layout.nRows + held.to; row++) {
    const value = views.f64[layout.leafValues / 8 + leafOf(engine, row, nLeaves)] as number;
    views.f64[scores / 8 + row] = (views.f64[scores / 8 + row] as number) + value;
  }
}

/** The leaf that a row's bins lead to. */
function leafOf({ layout, views: { u8, i32 } }: Engine, row: number, nLeaves: number): number {
  let node = nLeaves > 1 ? 0 : -1;
  while (node >= 0) {
    const bin = u8[layout.columns + (i32[layout.nodes / 4 + node * 3] as number) * layout.columnBytes + row] as number;
    const side = u8[layout.goesLeft + node * 256 + bin] === 1 ? 1 : 2;
    node = i32[layout.nodes / 4 + node * 3 + side] as number;
  }
  return ~node;
}
