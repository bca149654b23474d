// The best threshold of a binned numeric column where more than penalties constrains it; the kernel `searchBins` does all others.
import type { ColumnPlan } from './column-plan.js';
import type { GrowthParameters } from './growth-parameters.js';
import { gainOfOutput, leafOutput } from './leaf-output.js';
import { rowHash } from './row-hash.js';
import type { Candidate, SearchLeaf } from './search-leaf.js';

/** Sums by bin of one column of one leaf, quantized: positions of bin 0 in the two planes of `i32`. */
export interface ColumnHistogram {
  readonly i32: Int32Array;
  readonly g: number;
  readonly h: number;
}

/** The smallest quantized hessian sum a child may have: by hessian, and by rows taken as proportional to hessian. */
export function smallestHessian(leaf: SearchLeaf, parameters: GrowthParameters): number {
  const byRows = ((parameters.minDataInLeaf - 0.5) * leaf.sumH) / leaf.nRows;
  return Math.max(byRows, parameters.minSumHessianInLeaf / leaf.unitH, 1);
}

/**
 * Writes the best threshold into `best`, whose gain is -Infinity where no threshold is allowed; the gain of the leaf itself is not
 * taken off. Outputs may be bounded, smoothed or monotone (-1, 0, 1), and one random threshold may stand in place of all.
 */
export function searchThresholdConstrained(
  histogram: ColumnHistogram,
  plan: ColumnPlan,
  leaf: SearchLeaf,
  parameters: GrowthParameters,
  monotone: number,
  column: number,
  best: Candidate,
): void {
  const { i32, g, h } = histogram;
  const missingG = i32[g] as number;
  const missingH = i32[h] as number;
  const hasMissing = missingG !== 0 || missingH !== 0;
  const lastBin = plan.nBins - (hasMissing ? 1 : 2);
  const only = parameters.extraTrees && lastBin > 0 ? 1 + (rowHash(column, leaf.seed) % lastBin) : 0;
  let leftG = 0;
  let leftH = 0;
  best.gain = Number.NEGATIVE_INFINITY;
  for (let bin = 1; bin <= lastBin; bin++) {
    leftG += i32[g + bin] as number;
    leftH += i32[h + bin] as number;
    if (only !== 0 && bin !== only) continue;
    const gain = constrainedGain(leftG, leftH, leaf, parameters, monotone);
    if (gain > best.gain) take(best, gain, bin, hasMissing ? false : 2 * leftH >= leaf.sumH, leftG, leftH);
    if (!hasMissing) continue;
    const other = constrainedGain(leftG + missingG, leftH + missingH, leaf, parameters, monotone);
    if (other > best.gain) take(best, other, bin, true, leftG + missingG, leftH + missingH);
  }
}

/** Gain of sending these sums left; -Infinity where a child is too small or the outputs break the monotone constraint. */
export function constrainedGain(
  leftG: number,
  leftH: number,
  leaf: SearchLeaf,
  parameters: GrowthParameters,
  monotone: number,
): number {
  const least = smallestHessian(leaf, parameters);
  const rightH = leaf.sumH - leftH;
  if (leftH < least || rightH < least) return Number.NEGATIVE_INFINITY;
  const context = { parentOutput: leaf.output, lower: leaf.lower, upper: leaf.upper };
  const rowsPerHessian = leaf.nRows / leaf.sumH;
  const gl = leftG * leaf.unitG;
  const hl = leftH * leaf.unitH;
  const gr = (leaf.sumG - leftG) * leaf.unitG;
  const hr = rightH * leaf.unitH;
  const left = leafOutput(gl, hl, leftH * rowsPerHessian, parameters, context);
  const right = leafOutput(gr, hr, rightH * rowsPerHessian, parameters, context);
  if ((monotone > 0 && left > right) || (monotone < 0 && left < right)) return Number.NEGATIVE_INFINITY;
  return gainOfOutput(gl, hl, left, parameters) + gainOfOutput(gr, hr, right, parameters);
}

function take(best: Candidate, gain: number, bin: number, missingLeft: boolean, leftG: number, leftH: number): void {
  best.gain = gain;
  best.bin = bin;
  best.missingLeft = missingLeft;
  best.leftG = leftG;
  best.leftH = leftH;
}
