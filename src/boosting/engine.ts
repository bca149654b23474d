// One thread's hold on a training run: the job as plain data, the shared memory and the kernels over it.
import { type ColumnPlan, SEGMENT_ROWS } from './column-plan.js';
import type { GrowthParameters } from './growth-parameters.js';
import type { Kernels } from './kernels.js';
import type { MemoryLayout } from './memory-layout.js';
import type { MemoryViews } from './memory-views.js';
import type { ObjectiveSpec } from './objectives/create-objective.js';
import { createObjective } from './objectives/create-objective.js';
import type { Objective, ObjectiveRows } from './objectives/objective.js';

/** How gradients are rounded so that 16-bit halves of a histogram bin cannot overflow. */
export interface Quantization {
  readonly levelsG: number;
  readonly levelsH: number;
  /** Rows that overflow no bin even if all are in it. */
  readonly safeRows: number;
  /** Rows of a segment, in which only a column's heaviest bin may overflow; Infinity where all rows are one, 0 for none. */
  readonly segmentRows: number;
}

/** What a training run does, apart from the numbers in memory. */
export interface EngineJob {
  readonly layout: MemoryLayout;
  readonly plans: readonly ColumnPlan[];
  readonly growth: GrowthParameters;
  readonly objective: ObjectiveSpec;
  readonly quantization: Quantization;
  readonly isWeighted: boolean;
  /** Whether trees are grown on samples of the rows. */
  readonly isSampled: boolean;
}

export interface Engine extends EngineJob {
  readonly views: MemoryViews;
  readonly kernels: Kernels;
  readonly loss: Objective;
  /** Training rows as the objective sees them, and its gradient pairs, one array a score. */
  readonly lossRows: ObjectiveRows;
  readonly pairs: readonly Float64Array[];
}

/** Puts views and kernels to a job. */
export function createEngine(job: EngineJob, views: MemoryViews, kernels: Kernels): Engine {
  const { layout } = job;
  const numbers = (byte: number, length: number): Float64Array => views.f64.subarray(byte / 8, byte / 8 + length);
  const scoreIndexes = Array.from({ length: layout.nScores }, (_, k) => k);
  return {
    ...job,
    views,
    kernels,
    loss: createObjective(job.objective),
    lossRows: {
      scores: scoreIndexes.map((k) => numbers(scoresOf(layout, k), layout.nAllRows)),
      target: numbers(layout.target, layout.nAllRows),
      weights: job.isWeighted ? numbers(layout.weights, layout.nAllRows) : undefined,
    },
    pairs: scoreIndexes.map((k) => numbers(gradientsOf(layout, k), layout.nRows * 2)),
  };
}

/** Byte offset of score k's plane. */
export function scoresOf(layout: MemoryLayout, k: number): number {
  return layout.scores + k * layout.nAllRows * 8;
}

/** Byte offset of score k's gradient pairs. */
export function gradientsOf(layout: MemoryLayout, k: number): number {
  return layout.gradients + k * layout.nRows * 16;
}

/** A thread's share of `n` things, starting at multiples of `unit`. */
export function shareOf(n: number, nThreads: number, thread: number, unit: number): { from: number; to: number } {
  const start = (t: number): number => (t >= nThreads ? n : Math.floor((n * t) / nThreads / unit) * unit);
  return { from: start(thread), to: start(thread + 1) };
}

/** A thread's training rows. */
export function rowsOf({ layout }: Pick<Engine, 'layout'>, thread: number): { from: number; to: number } {
  return shareOf(layout.nRows, layout.nThreads, thread, 64);
}

/**
 * Levels of rounding for these columns: as fine as no bin but each column's heaviest can overflow, over all rows or over any segment
 * of them; where rows of a bin crowd together, coarse with many spills. Sums over all rows stay below 2^31.
 */
export function chooseQuantization(plans: readonly ColumnPlan[], nRows: number): Quantization {
  const most = Math.min(8191, Math.floor(2 ** 29 / nRows));
  const levelsFor = (countOf: (plan: ColumnPlan) => number): number =>
    Math.min(most, Math.floor(32767 / plans.reduce((largest, plan) => Math.max(largest, countOf(plan)), 1)));
  const inAll = levelsFor((plan) => plan.secondCount);
  if (inAll >= 24) return quantization(inAll, Number.POSITIVE_INFINITY);
  const inSegment = levelsFor((plan) => plan.secondInSegment);
  return inSegment >= 24 ? quantization(inSegment, SEGMENT_ROWS) : quantization(31, 0);
}

function quantization(levelsG: number, segmentRows: number): Quantization {
  return { levelsG, levelsH: 2 * levelsG, safeRows: Math.floor(32767 / levelsG), segmentRows };
}
