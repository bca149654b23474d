import { weightedMean } from './weighted-mean.js';

/**
 * Brier score: mean squared distance of the probability of class 1 from 0 or 1, in [0, 1] (Brier, 1950).
 * @param target Float64Array [nRows] of 0 and 1
 * @param probabilities Float64Array [nRows]
 * @param weights Float64Array [nRows], non-negative; all 1 where absent
 */
export function brier(target: Float64Array, probabilities: Float64Array, weights?: Float64Array): number {
  return weightedMean(target.length, (row) => ((probabilities[row] as number) - (target[row] as number)) ** 2, weights);
}
