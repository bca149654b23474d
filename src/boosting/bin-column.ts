// One raw column, staged in the engine's memory, to bins: runs in whichever thread is free.

import type { BinRequest } from './bin-request.js';
import { type ColumnPlan, SEGMENT_ROWS } from './column-plan.js';
import { findBounds } from './find-bounds.js';
import type { Kernels } from './kernels.js';
import type { MemoryViews } from './memory-views.js';
import { rowHash } from './row-hash.js';
import { orderedStatistics } from './target-statistics.js';

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
  const bounds = findBounds(sortedSample(views, kernels, request), request.maxBin - 1, request.minDataInBin);
  f64.fill(Number.POSITIVE_INFINITY, request.scratch / 8, request.scratch / 8 + 256);
  f64.set(bounds, request.scratch / 8);
  const bin = request.isSingle ? kernels.binFloats : kernels.binColumn;
  bin(request.values, request.nAllRows, request.scratch, request.out);
  return { feature: request.feature, bounds, ...occupancy(views, request, bounds.length + 2) };
}

/** Ascending sample without NaN: all rows, or one at random from each of `sampleRows` equal stretches. */
function sortedSample({ f32, f64 }: MemoryViews, kernels: Kernels, request: BinRequest): Float64Array {
  const { nRows, seed, scratch } = request;
  const n = Math.min(nRows, request.sampleRows);
  const values = request.isSingle ? f32.subarray(request.values / 4) : f64.subarray(request.values / 8);
  const start = (scratch + 2048 + 8192) / 8;
  let end = start;
  for (let i = 0; i < n; i++) {
    const row = n === nRows ? i : Math.floor(((i + rowHash(i, seed) / 0x1_0000_0000) * nRows) / n);
    const value = values[row] as number;
    if (!Number.isNaN(value)) f64[end++] = value;
  }
  kernels.sortNumbers(start * 8, end - start, (start + n) * 8, scratch + 2048);
  return f64.subarray(start, end);
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
      .filter((level) => (counts[level] as number) > 0 && level === (request.onlyLevel ?? level))
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

type Occupancy = Omit<Binned, 'feature' | 'bounds'>;

/** Counts the rows of every bin. */
function occupancy({ u8 }: MemoryViews, request: BinRequest, nBins: number): Occupancy {
  const segments: Uint32Array[] = [];
  const counts = new Uint32Array(256);
  for (let start = 0; start < request.nRows; start += SEGMENT_ROWS) {
    const end = Math.min(start + SEGMENT_ROWS, request.nRows);
    const inSegment = countBins(u8, request.out + start, request.out + end);
    segments.push(inSegment);
    for (let bin = 0; bin < 256; bin++) counts[bin] = (counts[bin] as number) + (inSegment[bin] as number);
  }
  const heavyCount = counts.reduce((most, count) => Math.max(most, count), 0);
  const heavyBin = counts.indexOf(heavyCount);
  const mostBeside = (of: Uint32Array): number =>
    of.reduce((most, count, bin) => (bin === heavyBin ? most : Math.max(most, count)), 0);
  const secondInSegment = segments.reduce((most, of) => Math.max(most, mostBeside(of)), 0);
  const hasMissing = (counts[0] as number) > 0;
  return { nBins, hasMissing, heavyBin, heavyCount, secondCount: mostBeside(counts), secondInSegment };
}

function countBins(u8: Uint8Array, from: number, to: number): Uint32Array {
  const counts = new Uint32Array(256);
  for (let i = from; i < to; i++) {
    const bin = u8[i] as number;
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}
