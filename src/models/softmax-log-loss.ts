// Log loss of a class target over one score a class.
import type { ScoreLoss } from './score-loss.js';
import { weightTotal } from './weight-total.js';

// Base score of a class without rows, in place of the logarithm of 0.
const SMALLEST_SHARE = 1e-9;

/**
 * Log loss of the softmax of the scores: log(sum e^z) - z of the row's class; its derivative is p - 1 at that class and p
 * elsewhere. The curvature is the mean over classes of p (1 - p).
 * @param target Float64Array [nRows] of class positions
 * @param weights Float64Array [nRows]
 */
export function softmaxLogLoss(target: Float64Array, weights: Float64Array, nClasses: number): ScoreLoss {
  return {
    nScores: nClasses,
    weights,
    baseScores: baseScores(target, weights, nClasses),
    block(scores, start, length, curvature) {
      let sum = 0;
      for (let i = 0, row = start; i < length; i++, row++) {
        const weight = weights[row] as number;
        const own = scores[target[row] as number] as Float64Array;
        const ownScore = own[i] as number;
        const highest = highestAt(scores, i);
        let total = 0;
        for (const z of scores) {
          // At most 1, whatever the scores, so nothing overflows.
          const e = Math.exp((z[i] as number) - highest);
          z[i] = e;
          total += e;
        }
        let squares = 0;
        for (const z of scores) {
          const p = (z[i] as number) / total;
          squares += p * p;
          z[i] = weight * p;
        }
        own[i] = (own[i] as number) - weight;
        curvature[row] = (weight * (1 - squares)) / nClasses;
        sum += weight * (Math.log(total) + highest - ownScore);
      }
      return sum;
    },
  };
}

function highestAt(scores: readonly Float64Array[], i: number): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (const z of scores) highest = Math.max(highest, z[i] as number);
  return highest;
}

/** Logarithms of the class shares, moved to have mean 0: of all equally good scores the ones that add up to 0. */
function baseScores(target: Float64Array, weights: Float64Array, nClasses: number): Float64Array {
  const shares = new Float64Array(nClasses);
  for (let row = 0; row < target.length; row++) {
    const k = target[row] as number;
    shares[k] = (shares[k] as number) + (weights[row] as number);
  }
  const total = weightTotal(weights);
  const logs = shares.map((share) => Math.log(Math.max(share / total, SMALLEST_SHARE)));
  const mean = logs.reduce((sum, log) => sum + log, 0) / nClasses;
  return logs.map((log) => log - mean);
}
