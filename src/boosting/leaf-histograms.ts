// Sums of rounded gradients by column and bin, for one leaf: each thread sums its rows, then merges its columns.
import { type Engine, shareOf } from './engine.js';
import type { MergeTask } from './split-tasks.js';

/** What histograms need of an engine. */
export type HistogramEngine = Pick<Engine, 'layout' | 'views' | 'kernels' | 'plans' | 'quantization'>;

/** Sums this thread's rows of the root. */
export function accumulateRoot(engine: Engine, thread: number, from: number, to: number): void {
  const { layout, kernels, isSampled } = engine;
  if (isSampled) {
    const place = layout.leafRows / 4 + thread * layout.maxLeaves * 2;
    accumulateLeaf(engine, thread, from, engine.views.i32[place + 1] as number, 0, 0);
    return;
  }
  const { segmentRows } = engine.quantization;
  const target = { thread, slot: 0, part: 0 };
  accumulate(engine, target, to - from, {
    add: (records, packed, start, count) =>
      kernels.histogramDense(records, layout.groups, from + start, from + start + count, packed),
    endOfSegment: (start) => (Math.floor((from + start) / segmentRows) + 1) * segmentRows - from,
  });
}

/** Sums `count` rows listed from position `first` on; `slot` is the leaf's histogram, `part` the position of its split. */
export function accumulateLeaf(
  engine: HistogramEngine,
  thread: number,
  first: number,
  count: number,
  slot: number,
  part: number,
): void {
  const { layout, kernels } = engine;
  accumulate(engine, { thread, slot, part }, count, {
    add: (records, packed, start, n) =>
      kernels.histogramRows(records, layout.groups, layout.rows + (first + start) * 4, n, packed),
    endOfSegment: (start) => endOfSegment(engine, first + start, first + count) - first,
  });
}

/** Position, in (start, end], of the first listed row behind the segment that the row at `start` is in; rows ascend. */
function endOfSegment({ layout, views, quantization }: HistogramEngine, start: number, end: number): number {
  const row = (position: number): number => views.u32[layout.rows / 4 + position] as number;
  const border = (Math.floor(row(start) / quantization.segmentRows) + 1) * quantization.segmentRows;
  let low = start;
  let high = end;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (row(middle) < border) low = middle;
    else high = middle;
  }
  return high;
}

/** Where sums go: a single thread's into the leaf's histogram, those of several each into its own. */
interface SumsTarget {
  readonly thread: number;
  readonly slot: number;
  readonly part: number;
}

/** What is summed. */
interface SumsSource {
  /** Adds `count` rows from position `start` on. */
  add(records: number, packed: number, start: number, count: number): void;
  /** A position behind `start` where its segment has ended. */
  endOfSegment(start: number): number;
}

function accumulate(
  { layout, kernels, quantization }: HistogramEngine,
  { thread, slot, part }: SumsTarget,
  count: number,
  source: SumsSource,
): void {
  const planes =
    layout.nThreads === 1
      ? layout.histograms + slot * layout.histogramBytes
      : layout.wide + (part * layout.nThreads + thread) * layout.histogramBytes;
  const packed = layout.packed + thread * layout.packedBytes;
  const nBins = layout.groups * 4 * 256;
  const { safeRows, segmentRows } = quantization;
  const isSegmented = segmentRows > 0 && segmentRows < Number.POSITIVE_INFINITY;
  const isWhole = segmentRows === Number.POSITIVE_INFINITY;
  for (let block = 0; block < layout.nBlocks; block++) {
    const records = layout.records + block * layout.blockBytes;
    const wideG = planes + block * nBins * 4;
    const wideH = wideG + layout.nSlots * 1024;
    let start = 0;
    do {
      let end = isWhole ? count : Math.min(count, start + safeRows);
      if (isSegmented && end < count) end = Math.min(count, Math.max(end, source.endOfSegment(start)));
      source.add(records, packed, start, end - start);
      kernels.spill(packed, nBins, wideG, wideH, start === 0 ? 0 : 1);
      start = end;
    } while (start < count);
  }
}

/** Puts this thread's columns of a leaf's histogram together and takes them off its sibling's, which is -1 for none. */
export function mergeColumns(
  engine: HistogramEngine,
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
      if (quantization.segmentRows > 0) kernels.combineHistogram(bins + column * 1024, plan.heavyBin, sum);
    }
    if (sibling < 0) continue;
    const other = layout.histograms + sibling * layout.histogramBytes + plane + from * 1024;
    kernels.subtractHistogram(other, own, n);
  }
}
