// What the threads do with a grown tree: sum its leaves, renew their values, add them to the scores.
import { type Engine, gradientsOf, rowsOf, scoresOf, shareOf } from './engine.js';
import { leafRows } from './leaf-rows.js';
import { weightedQuantile } from './objectives/weighted-quantile.js';

/** Sums unrounded gradients of every leaf over this thread's rows. */
export function sumLeaves(
  engine: Engine,
  thread: number,
  k: number,
  nLeaves: number,
  scaleG: number,
  scaleH: number,
): void {
  const { layout, kernels } = engine;
  for (let leaf = 0; leaf < nLeaves; leaf++) {
    const { start, count } = leafRows(engine, thread, leaf);
    const out = layout.leafSums + (thread * layout.maxLeaves + leaf) * 16;
    kernels.sumRows(gradientsOf(layout, k), layout.rows + start * 4, count, scaleG, scaleH, out);
  }
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

/** Adds a grown tree to the scores: of sampled rows by leaf, of all others by walking. */
export function addTree(engine: Engine, thread: number, k: number, nLeaves: number): void {
  const { layout, kernels, views } = engine;
  for (let leaf = 0; leaf < nLeaves; leaf++) {
    const { start, count } = leafRows(engine, thread, leaf);
    const value = views.f64[layout.leafValues / 8 + leaf] as number;
    kernels.addToScores(scoresOf(layout, k), layout.rows + start * 4, count, value);
  }
  const { from, to } = rowsOf(engine, thread);
  if (engine.isSampled) {
    for (let row = from; row < to; row++) if (views.u8[layout.inBag + row] === 0) walk(engine, k, row, nLeaves);
  }
  const held = shareOf(layout.nAllRows - layout.nRows, layout.nThreads, thread, 64);
  for (let row = layout.nRows + held.from; row < layout.nRows + held.to; row++) walk(engine, k, row, nLeaves);
}

function walk({ layout, views: { u8, i32, f64 } }: Engine, k: number, row: number, nLeaves: number): void {
  let node = nLeaves > 1 ? 0 : -1;
  while (node >= 0) {
    const bin = u8[layout.columns + (i32[layout.nodes / 4 + node * 3] as number) * layout.columnBytes + row] as number;
    const side = u8[layout.goesLeft + node * 256 + bin] === 1 ? 1 : 2;
    node = i32[layout.nodes / 4 + node * 3 + side] as number;
  }
  const place = scoresOf(layout, k) / 8 + row;
  f64[place] = (f64[place] as number) + (f64[layout.leafValues / 8 + ~node] as number);
}
