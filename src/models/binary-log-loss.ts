// Log loss of a binary target over log-odds.
import type { ScoreLoss } from './score-loss.js';
import { weightTotal } from './weight-total.js';

// 2 to this power is finite.
const LARGEST_GROUP = 1000;

/**
 * Log loss, log(1 + e^z) - y z for log-odds z; its derivative is p - y and its curvature p (1 - p).
 * @param target Float64Array [nRows] of 0 and 1
 * @param weights Float64Array [nRows]
 */
export function binaryLogLoss(target: Float64Array, weights: Float64Array): ScoreLoss {
  let positive = 0;
  for (let row = 0; row < target.length; row++) positive += (target[row] as number) * (weights[row] as number);
  return {
    nScores: 1,
    weights,
    baseScores: Float64Array.of(Math.log(positive / (weightTotal(weights) - positive))),
    block([scores], start, length, curvature) {
      const z = scores as Float64Array;
      let sum = 0;
      // Rows of equal weight share a logarithm: of the product of their 1 + e, each at most 2.
      let product = 1;
      let grouped = 0;
      let groupWeight = weights[start] as number;
      for (let i = 0, row = start; i < length; i++, row++) {
        const score = z[i] as number;
        const y = target[row] as number;
        const weight = weights[row] as number;
        // e <= 1 whatever the score, so nothing overflows.
        const e = Math.exp(-Math.abs(score));
        const smaller = e / (1 + e);
        const p = score >= 0 ? 1 - smaller : smaller;
        sum += weight * (Math.max(score, 0) - y * score);
        if (weight !== groupWeight || grouped === LARGEST_GROUP) {
          sum += groupWeight * Math.log(product);
          product = 1;
          grouped = 0;
          groupWeight = weight;
        }
        product *= 1 + e;
        grouped++;
        z[i] = weight * (p - y);
        curvature[row] = weight * smaller * (1 - smaller);
      }
      return sum + groupWeight * Math.log(product);
    },
  };
}
