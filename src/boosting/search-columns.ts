// The best split of a leaf by each of a thread's columns.
import type { ColumnPlan } from './column-plan.js';
import { type Engine, shareOf } from './engine.js';
import { type GrowthParameters, isPlainGain } from './growth-parameters.js';
import type { MemoryLayout } from './memory-layout.js';
import type { MemoryViews } from './memory-views.js';
import { searchThresholdConstrained, smallestHessian } from './numeric-search.js';
import { type Candidate, readSearchLeaf, type SearchLeaf, writeCandidate, writeNoCandidates } from './search-leaf.js';
import { searchSubset } from './subset-search.js';

/** Searches leaf `which` (0 or 1) of those written for the threads. */
export function searchColumns(engine: Engine, thread: number, which: number): void {
  const { layout, plans, views } = engine;
  const leaf = readSearchLeaf(views.f64, layout, which);
  const { from, to } = shareOf(layout.nColumns, layout.nThreads, thread, 1);
  if (leaf.unitG > 0 && leaf.unitH > 0) searchPlain(engine, leaf, which, from, to);
  else writeNoCandidates(views.f64, layout, which, from, to);
  for (let column = from; column < to; column++) {
    const plan = plans[column];
    if (plan !== undefined && !isSearchedByKernel(plan, engine.growth)) searchOther(engine, leaf, which, column, plan);
  }
}

/** Notes for the kernels which columns they search. */
export function writeColumnBins(
  { i32 }: MemoryViews,
  layout: MemoryLayout,
  plans: readonly ColumnPlan[],
  growth: GrowthParameters,
): void {
  plans.forEach((plan, column) => {
    const nBins = isSearchedByKernel(plan, growth) ? plan.nBins : 0;
    i32.set([nBins, Number(plan.hasMissing)], layout.columnBins / 4 + column * 2);
  });
}

/** Symmetric trees test one level of a categorical column as they test thresholds. */
function isSearchedByKernel(plan: ColumnPlan, growth: GrowthParameters): boolean {
  if (growth.growPolicy === 'symmetric') return true;
  return plan.kind !== 'subset' && isPlainGain(growth) && !growth.extraTrees;
}

function searchPlain(
  { layout, growth, kernels }: Engine,
  leaf: SearchLeaf,
  which: number,
  from: number,
  to: number,
): void {
  const { histogram, unitG, unitH } = leaf;
  kernels.searchBins(
    histogram,
    histogram + layout.nSlots * 1024,
    layout.columnBins,
    layout.allowed + which * layout.nColumns,
    from,
    to,
    leaf.sumG,
    leaf.sumH,
    Math.min(Math.ceil(smallestHessian(leaf, growth)), 2 ** 31 - 1),
    growth.lambdaL1 / unitG,
    growth.lambdaL2 / unitH,
    (unitG * unitG) / unitH,
    layout.candidates + which * layout.nColumns * 64,
  );
}

function searchOther(engine: Engine, leaf: SearchLeaf, which: number, column: number, plan: ColumnPlan): void {
  const { layout, growth, views } = engine;
  const best: Candidate = { gain: Number.NEGATIVE_INFINITY, bin: 0, missingLeft: false, leftG: 0, leftH: 0 };
  if (views.u8[layout.allowed + which * layout.nColumns + column] === 1 && leaf.sumH > 0) {
    const g = leaf.histogram / 4 + column * 256;
    const histogram = { i32: views.i32, g, h: g + layout.nSlots * 256 };
    if (plan.kind === 'subset') {
      const bins = layout.candidateBins + (which * layout.nColumns + column) * 256;
      searchSubset(histogram, plan, leaf, growth, best, views.u8.subarray(bins, bins + 256));
    } else {
      searchThresholdConstrained(histogram, plan, leaf, growth, growth.monotone[column] ?? 0, column, best);
    }
  }
  writeCandidate(views.f64, layout, which, column, best);
}
