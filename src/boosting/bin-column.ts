// One raw column, staged in the engine's memory, to bins: runs in whichever thread is free.
import type { ColumnPlan } from './column-plan.js';
import { findBounds } from './find-bounds.js';
import type { Kernels } from './kernels.js';
import type { MemoryViews } from './memory-views.js';
import { rowHash } from './row-hash.js';
import { orderedStatistics } from './target-statistics.js';

/** What to bin and how. Offsets are bytes. */
export interface BinRequest {
  readonly feature: number;
  readonly kind: ColumnPlan['kind'];
  /** f64 [nAllRows]: raw values, or level positions. Overwritten where the kind is statistic. */
  readonly values: number;
  readonly nRows: number;
  readonly nAllRows: number;
  /** f64 [256] of scratch. */
  readonly bounds: number;
  /** u8 [nAllRows] of bins, written. */
  readonly out: number;
  readonly nLevels: number;
  readonly maxBin: number;
  readonly minDataInBin: number;
  readonly sampleRows: number;
  readonly seed: number;
  /** f64 [nRows] the statistics are of, where the kind is statistic. */
  readonly target: number;
  /** Where set, the statistic is of "target equals this class". */
  readonly targetClass: number | undefined;
}

/** Bins the column and says how. */
export function binStagedColumn(views: MemoryViews, kernels: Kernels, request: BinRequest): ColumnPlan {
  switch (request.kind) {
    case 'numeric':
      return { kind: 'numeric', ...binNumbers(views, kernels, request) };
    case 'subset':
      return binLevels(views, request);
    case 'statistic': {
      const ordered = orderedStatistics(views, request);
      return { kind: 'statistic', ...binNumbers(views, kernels, request), ...ordered };
    }
  }
}

type Binned = Omit<Extract<ColumnPlan, { kind: 'numeric' }>, 'kind'>;

function binNumbers(views: MemoryViews, kernels: Kernels, request: BinRequest): Binned {
  const { f64 } = views;
  const values = f64.subarray(request.values / 8, request.values / 8 + request.nRows);
  const bounds = findBounds(sortedSample(values, request), request.maxBin - 1, request.minDataInBin);
  f64.fill(Number.POSITIVE_INFINITY, request.bounds / 8, request.bounds / 8 + 256);
  f64.set(bounds, request.bounds / 8);
  kernels.binColumn(request.values, request.nAllRows, request.bounds, request.out);
  return { feature: request.feature, bounds, ...occupancy(views, request, bounds.length + 2) };
}

/** Ascending sample without NaN: all rows, or one at random from each of `sampleRows` equal stretches. */
function sortedSample(values: Float64Array, request: BinRequest): Float64Array {
  const n = Math.min(values.length, request.sampleRows);
  const sample = new Float64Array(n);
  let kept = 0;
  for (let i = 0; i < n; i++) {
    const jitter = n === values.length ? 0 : rowHash(i, request.seed) / 0x1_0000_0000;
    const value = values[Math.floor(((i + jitter) * values.length) / n)] as number;
    if (!Number.isNaN(value)) sample[kept++] = value;
  }
  return sample.subarray(0, kept).sort();
}

/** The most frequent levels get a bin each; levels seen once in a crowd of them cannot be told from noise and share bin 0. */
function binLevels(views: MemoryViews, request: BinRequest): ColumnPlan {
  const { u8, f64 } = views;
  const counts = new Int32Array(request.nLevels);
  const start = request.values / 8;
  for (let i = start; i < start + request.nRows; i++) {
    const level = f64[i] as number;
    if (level >= 0) counts[level] = (counts[level] ?? 0) + 1;
  }
  const levels = Int32Array.from(
    [...counts.keys()]
      .filter((level) => (counts[level] as number) > 0)
      .sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
      .slice(0, request.maxBin - 1),
  );
  const binOf = new Uint8Array(request.nLevels);
  levels.forEach((level, i) => {
    binOf[level] = i + 1;
  });
  for (let i = 0; i < request.nAllRows; i++) u8[request.out + i] = binOf[f64[start + i] as number] ?? 0;
  return { kind: 'subset', feature: request.feature, levels, ...occupancy(views, request, levels.length + 1) };
}

function occupancy(
  { u8 }: MemoryViews,
  request: BinRequest,
  nBins: number,
): Pick<Binned, 'nBins' | 'hasMissing' | 'heavyBin' | 'heavyCount' | 'secondCount'> {
  const counts = new Uint32Array(256);
  const bins = u8.subarray(request.out, request.out + request.nRows);
  for (let i = 0; i < bins.length; i++) {
    const bin = bins[i] as number;
    counts[bin] = (counts[bin] as number) + 1;
  }
  const heavyCount = counts.reduce((most, count) => Math.max(most, count), 0);
  const heavyBin = counts.indexOf(heavyCount);
  const secondCount = counts.reduce((most, count, bin) => (bin === heavyBin ? most : Math.max(most, count)), 0);
  return { nBins, hasMissing: (counts[0] as number) > 0, heavyBin, heavyCount, secondCount };
}
