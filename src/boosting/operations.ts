// What every thread of the crew does between two joins: its rows, its columns or its leaves. Integer sums make the results
// independent of how many threads there are.

import { type Engine, gradientsOf, rowsOf } from './engine.js';
import { accumulateLeaf, accumulateRoot, mergeColumns } from './leaf-histograms.js';
import { addTree, renewLeaves, sumLeaves } from './leaf-operations.js';
import { leafRows, setLeafRows } from './leaf-rows.js';
import { rowHash } from './row-hash.js';
import { searchColumns } from './search-columns.js';
import { searchLevelColumns } from './search-level.js';
import { readMergeTask, readSplitTask } from './split-tasks.js';

/** Operations by the number that the crew passes on. */
export const OPERATION = {
  interleave: 0,
  gradients: 1,
  sampleRows: 2,
  startTree: 3,
  mergeRoot: 4,
  splitLeaves: 5,
  mergeSplits: 6,
  searchLevel: 7,
  sumLeaves: 8,
  renewLeaves: 9,
  addTree: 10,
} as const;

type Handler = (engine: Engine, thread: number, args: Float64Array) => void;

const HANDLERS: Readonly<Record<number, Handler>> = {
  [OPERATION.interleave]: (engine, thread) => interleaveRows(engine, thread),
  [OPERATION.gradients]: (engine, thread, a) => computeGradients(engine, thread, a[0] === 1),
  [OPERATION.sampleRows]: (engine, thread, a) => sampleRows(engine, thread, at(a, 0), at(a, 1), at(a, 2), at(a, 3)),
  [OPERATION.startTree]: (engine, thread, a) => startTree(engine, thread, at(a, 0), at(a, 1), at(a, 2), at(a, 3)),
  [OPERATION.mergeRoot]: (engine, thread, a) => {
    mergeColumns(engine, thread, { part: 0, slot: 0, sibling: -1, sumG: at(a, 0), sumH: at(a, 1) });
    if (a[2] === 1) searchColumns(engine, thread, 0);
  },
  [OPERATION.splitLeaves]: (engine, thread, a) => {
    for (let i = 0; i < at(a, 0); i++) splitLeaf(engine, thread, i);
  },
  [OPERATION.mergeSplits]: (engine, thread, a) => {
    for (let i = 0; i < at(a, 0); i++) mergeSplit(engine, thread, i);
  },
  [OPERATION.searchLevel]: (engine, thread, a) => searchLevelColumns(engine, thread, at(a, 0), at(a, 1), at(a, 2)),
  [OPERATION.sumLeaves]: (engine, thread, a) => sumLeaves(engine, thread, at(a, 0), at(a, 1), at(a, 2), at(a, 3)),
  [OPERATION.renewLeaves]: (engine, thread, a) => renewLeaves(engine, thread, at(a, 0), at(a, 1), at(a, 2)),
  [OPERATION.addTree]: (engine, thread, a) => addTree(engine, thread, at(a, 0), at(a, 1)),
};

/** Does a thread's share of one operation. */
export function runOperation(engine: Engine, operation: number, args: Float64Array, thread: number): void {
  HANDLERS[operation]?.(engine, thread, args);
}

function at(args: Float64Array, index: number): number {
  return args[index] as number;
}

/** Copies bins into records, in pieces of rows whose records stay in the cache while every column is added. */
function interleaveRows(engine: Engine, thread: number): void {
  const { from, to } = rowsOf(engine, thread);
  for (let start = from; start < to; start += 512) interleavePiece(engine, start, Math.min(start + 512, to));
}

function interleavePiece(engine: Engine, from: number, to: number): void {
  const { layout, kernels } = engine;
  for (let slot = 0; slot < layout.nSlots; slot += 4) {
    const block = Math.floor(slot / (layout.groups * 4));
    const records = layout.records + block * layout.blockBytes + (slot % (layout.groups * 4));
    const column = (i: number): number =>
      slot + i < layout.nColumns ? layout.columns + (slot + i) * layout.columnBytes : 0;
    if (column(0) === 0) clearSlots(engine, records, from, to);
    else kernels.interleave(column(0), column(1), column(2), column(3), from, to, records, layout.stride);
  }
}

function clearSlots({ views: { u32 }, layout }: Engine, records: number, from: number, to: number): void {
  for (let i = from; i < to; i++) u32[(records + i * layout.stride) / 4] = 0;
}

/** Gradients of this thread's rows, in pieces that stay in the cache, and the largest ones; `given` where the caller wrote them. */
function computeGradients(engine: Engine, thread: number, given: boolean): void {
  const { layout, kernels, loss } = engine;
  const { from, to } = rowsOf(engine, thread);
  clearExtents(engine, thread);
  const largest = layout.extents + thread * layout.nScores * 16;
  for (let start = from; start < to; start += 1024) {
    const end = Math.min(start + 1024, to);
    if (loss.kernel !== undefined) {
      const weights = engine.isWeighted ? layout.weights : 0;
      kernels[loss.kernel](layout.scores, layout.target, weights, layout.gradients, start, end, largest);
      continue;
    }
    if (!given) loss.gradients(engine.lossRows, engine.pairs, start, end);
    raiseExtents(engine, thread, start, end);
  }
}

function clearExtents({ layout, views }: Engine, thread: number): void {
  const extents = layout.extents / 8 + thread * layout.nScores * 2;
  views.f64.fill(0, extents, extents + layout.nScores * 2);
}

function raiseExtents({ layout, kernels }: Engine, thread: number, from: number, to: number): void {
  const extents = layout.extents + thread * layout.nScores * 16;
  for (let k = 0; k < layout.nScores; k++) kernels.extent(gradientsOf(layout, k), from, to, extents + k * 16);
}

/**
 * Draws the rows of the next tree. Rows whose |gradient x hessian| reaches `keepFrom` stay, others stay with probability
 * `fraction` and count `factor` times; the rest get gradient and hessian 0.
 */
function sampleRows(
  engine: Engine,
  thread: number,
  fraction: number,
  seed: number,
  keepFrom: number,
  factor: number,
): void {
  const { layout, views, pairs } = engine;
  const { from, to } = rowsOf(engine, thread);
  clearExtents(engine, thread);
  for (let row = from; row < to; row++) {
    const isLarge = importanceOf(pairs, row) >= keepFrom;
    const isKept = isLarge || rowHash(row, seed) < fraction * 0x1_0000_0000;
    views.u8[layout.inBag + row] = isKept ? 1 : 0;
    const times = isKept ? (isLarge ? 1 : factor) : 0;
    if (times === 1) continue;
    for (const pair of pairs) {
      pair[2 * row] = (pair[2 * row] as number) * times;
      pair[2 * row + 1] = (pair[2 * row + 1] as number) * times;
    }
  }
  raiseExtents(engine, thread, from, to);
}

/** What gradient-based sampling orders rows by. */
export function importanceOf(pairs: readonly Float64Array[], row: number): number {
  let sum = 0;
  for (const pair of pairs) sum += Math.abs((pair[2 * row] as number) * (pair[2 * row + 1] as number));
  return sum;
}

function startTree(engine: Engine, thread: number, k: number, scaleG: number, scaleH: number, seed: number): void {
  const { layout, kernels, views } = engine;
  const { from, to } = rowsOf(engine, thread);
  const sums = layout.leafSums + thread * layout.maxLeaves * 16;
  views.f64.fill(0, sums / 8, sums / 8 + 2);
  const slot = layout.records + layout.groups * 4;
  const { stride, nBlocks, blockBytes } = layout;
  kernels.quantize(gradientsOf(layout, k), from, to, scaleG, scaleH, seed, slot, stride, nBlocks, blockBytes, sums);
  const rows = layout.rows / 4;
  let end = rows + to;
  if (engine.isSampled) {
    end = rows + from;
    for (let row = from; row < to; row++) if (views.u8[layout.inBag + row] === 1) views.u32[end++] = row;
  } else kernels.listRows(layout.rows, from, to);
  setLeafRows(engine, thread, 0, from, end - rows - from);
  accumulateRoot(engine, thread, from, to);
}

/** Does split task `part` over this thread's rows. */
function splitLeaf(engine: Engine, thread: number, part: number): void {
  const { layout, kernels, views } = engine;
  const { leaf, newLeaf, column, node, small, slot } = readSplitTask(views, layout, part);
  const { start, count } = leafRows(engine, thread, leaf);
  const bins = layout.columns + column * layout.columnBytes;
  const goesLeft = layout.goesLeft + node * 256;
  const rows = layout.rows + start * 4;
  const nLeft = kernels.partition(rows, count, bins, goesLeft, layout.spare + start * 4);
  setLeafRows(engine, thread, leaf, start, nLeft);
  setLeafRows(engine, thread, newLeaf, start + nLeft, count - nLeft);
  if (small === leaf) accumulateLeaf(engine, thread, start, nLeft, slot, part);
  else if (small >= 0) accumulateLeaf(engine, thread, start + nLeft, count - nLeft, slot, part);
}

/** Does merge task `i` over this thread's columns. */
function mergeSplit(engine: Engine, thread: number, i: number): void {
  const task = readMergeTask(engine.views, engine.layout, i);
  mergeColumns(engine, thread, task);
  if (task.searches & 1) searchColumns(engine, thread, 2 * i);
  if (task.searches & 2) searchColumns(engine, thread, 2 * i + 1);
}
