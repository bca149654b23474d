// The best set of levels of a categorical column: levels ordered by gradient over hessian, then cut as if numeric (Fisher, 1958;
// LightGBM's `FindBestThresholdCategoricalInner`).
import type { ColumnPlan } from './column-plan.js';
import type { GrowthParameters } from './growth-parameters.js';
import type { ColumnHistogram } from './numeric-search.js';
import { constrainedGain, smallestHessian } from './numeric-search.js';
import type { Candidate, SearchLeaf } from './search-leaf.js';

/**
 * Writes the best subset into `best` and 1 into `goesLeft` [256] for its bins. Missing, rare and unseen levels go right.
 */
export function searchSubset(
  histogram: ColumnHistogram,
  plan: ColumnPlan,
  leaf: SearchLeaf,
  parameters: GrowthParameters,
  best: Candidate,
  goesLeft: Uint8Array,
): void {
  best.gain = Number.NEGATIVE_INFINITY;
  best.bin = 0;
  best.missingLeft = false;
  goesLeft.fill(0);
  if (plan.nBins - 1 <= parameters.maxCatToOnehot) searchOne(histogram, plan, leaf, parameters, best, goesLeft);
  else searchOrdered(histogram, plan, leaf, parameters, best, goesLeft);
}

function searchOne(
  { i32, g, h }: ColumnHistogram,
  plan: ColumnPlan,
  leaf: SearchLeaf,
  parameters: GrowthParameters,
  best: Candidate,
  goesLeft: Uint8Array,
): void {
  for (let bin = 1; bin < plan.nBins; bin++) {
    const leftG = i32[g + bin] as number;
    const leftH = i32[h + bin] as number;
    const gain = constrainedGain(leftG, leftH, leaf, parameters, 0);
    if (gain <= best.gain) continue;
    Object.assign(best, { gain, leftG, leftH });
    goesLeft.fill(0)[bin] = 1;
  }
}

function searchOrdered(
  { i32, g, h }: ColumnHistogram,
  plan: ColumnPlan,
  leaf: SearchLeaf,
  parameters: GrowthParameters,
  best: Candidate,
  goesLeft: Uint8Array,
): void {
  const { unitG, unitH } = leaf;
  const rowsPerHessian = leaf.nRows / leaf.sumH;
  const smoothed = { ...parameters, lambdaL2: parameters.lambdaL2 + parameters.catL2 };
  const ratio = (bin: number): number =>
    ((i32[g + bin] as number) * unitG) / ((i32[h + bin] as number) * unitH + parameters.catSmooth);
  const bins: number[] = [];
  for (let bin = 1; bin < plan.nBins; bin++) {
    if ((i32[h + bin] as number) * rowsPerHessian >= parameters.catSmooth) bins.push(bin);
  }
  const ratios = new Map(bins.map((bin) => [bin, ratio(bin)]));
  bins.sort((a, b) => (ratios.get(a) as number) - (ratios.get(b) as number) || a - b);
  const most = Math.min(parameters.maxCatThreshold, Math.ceil(bins.length / 2));
  const least = smallestHessian(leaf, parameters);
  for (const ordered of [bins, bins.toReversed()]) {
    let leftG = 0;
    let leftH = 0;
    let groupRows = 0;
    for (let i = 0; i < Math.min(most, ordered.length); i++) {
      const bin = ordered[i] as number;
      leftG += i32[g + bin] as number;
      leftH += i32[h + bin] as number;
      groupRows += (i32[h + bin] as number) * rowsPerHessian;
      const rightH = leaf.sumH - leftH;
      if (leftH < least) continue;
      if (rightH < least || rightH * rowsPerHessian < parameters.minDataPerGroup) break;
      if (groupRows < parameters.minDataPerGroup) continue;
      groupRows = 0;
      const gain = constrainedGain(leftG, leftH, leaf, smoothed, 0);
      if (gain <= best.gain) continue;
      Object.assign(best, { gain, leftG, leftH });
      goesLeft.fill(0);
      for (const left of ordered.slice(0, i + 1)) goesLeft[left] = 1;
    }
  }
}
