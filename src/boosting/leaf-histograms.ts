// Sums of rounded gradients by column and bin, for one leaf: each thread sums its rows, then merges its columns.
import { type Engine, shareOf } from './engine.js';
import type { MergeTask } from './split-tasks.js';

/** Sums this thread's rows of the root. */
export function accumulateRoot(engine: Engine, thread: number, from: number, to: number): void {
  const { layout, kernels, isSampled } = engine;
  if (isSampled) {
    const place = layout.leafRows / 4 + thread * layout.maxLeaves * 2;
    accumulateLeaf(engine, thread, from, engine.views.i32[place + 1] as number, 0, 0);
    return;
  }
  accumulate(engine, thread, to - from, 0, 0, (records, packed, start, count) =>
    kernels.histogramDense(records, layout.groups, from + start, from + start + count, packed),
  );
}

/** Sums `count` rows listed from position `start` on; `slot` is the leaf's histogram, `part` the position of its split. */
export function accumulateLeaf(
  engine: Engine,
  thread: number,
  start: number,
  count: number,
  slot: number,
  part: number,
): void {
  const { layout, kernels } = engine;
  accumulate(engine, thread, count, slot, part, (records, packed, offset, n) =>
    kernels.histogramRows(records, layout.groups, layout.rows + (start + offset) * 4, n, packed),
  );
}

/** A single thread sums into the leaf's histogram itself, several each into their own. */
function accumulate(
  { layout, kernels, quantization }: Engine,
  thread: number,
  count: number,
  slot: number,
  part: number,
  add: (records: number, packed: number, start: number, count: number) => void,
): void {
  const planes =
    layout.nThreads === 1
      ? layout.histograms + slot * layout.histogramBytes
      : layout.wide + (part * layout.nThreads + thread) * layout.histogramBytes;
  const packed = layout.packed + thread * layout.packedBytes;
  const nBins = layout.groups * 4 * 256;
  for (let block = 0; block < layout.nBlocks; block++) {
    const records = layout.records + block * layout.blockBytes;
    const wideG = planes + block * nBins * 4;
    const wideH = wideG + layout.nSlots * 1024;
    let start = 0;
    do {
      const n = Math.min(count - start, quantization.spillRows);
      add(records, packed, start, n);
      kernels.spill(packed, nBins, wideG, wideH, start === 0 ? 0 : 1);
      start += n;
    } while (start < count);
  }
}

/** Puts this thread's columns of a leaf's histogram together and takes them off its sibling's, which is -1 for none. */
export function mergeColumns(
  engine: Engine,
  thread: number,
  { part, slot, sibling, sumG, sumH }: Omit<MergeTask, 'searches'>,
): void {
  const { layout, kernels, plans, quantization } = engine;
  const { from, to } = shareOf(layout.nColumns, layout.nThreads, thread, 1);
  if (from === to) return;
  const n = (to - from) * 256;
  for (const [plane, sum] of [
    [0, sumG],
    [layout.nSlots * 1024, sumH],
  ] as const) {
    const bins = layout.histograms + slot * layout.histogramBytes + plane;
    const own = bins + from * 1024;
    if (layout.nThreads > 1) {
      const wide = layout.wide + part * layout.nThreads * layout.histogramBytes + plane;
      kernels.mergeHistogram(wide + from * 1024, layout.nThreads, layout.histogramBytes, n, own);
    }
    for (let column = from; column < to; column++) {
      const plan = plans[column];
      if (plan === undefined || plan.heavyCount * quantization.levelsG <= 32767) continue;
      if (quantization.spillRows === Infinity) kernels.combineHistogram(bins + column * 1024, plan.heavyBin, sum);
    }
    if (sibling < 0) continue;
    const other = layout.histograms + sibling * layout.histogramBytes + plane + from * 1024;
    kernels.subtractHistogram(other, own, n);
  }
}
