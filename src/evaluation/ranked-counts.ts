// Cumulated weights of positives and negatives down the scores: the one sort from which AUC, average precision and both curves come.
import { ascendingOrder } from './ascending-order.js';

/** Per distinct score, highest first: the weight of the rows scored that or higher. */
export interface RankedCounts {
  /** Float64Array [nScores], descending. */
  readonly thresholds: Float64Array;
  /** Float64Array [nScores], weight of positives at or above the threshold; the last is that of all. */
  readonly truePositives: Float64Array;
  /** Float64Array [nScores], weight of negatives at or above the threshold; the last is that of all. */
  readonly falsePositives: Float64Array;
}

/**
 * Counts a binary target down its scores; rows of weight 0 are left out.
 * @param target Float64Array [nRows] of 0 and 1
 * @param scores Float64Array [nRows], no NaN; higher means more likely 1
 * @param weights Float64Array [nRows], non-negative; all 1 where absent
 */
export function rankedCounts(target: Float64Array, scores: Float64Array, weights?: Float64Array): RankedCounts {
  const order = ascendingOrder(scores);
  const thresholds = new Float64Array(order.length);
  const truePositives = new Float64Array(order.length);
  const falsePositives = new Float64Array(order.length);
  let positives = 0;
  let negatives = 0;
  let n = 0;
  for (let i = order.length - 1; i >= 0; i--) {
    const row = order[i] as number;
    const weight = weights === undefined ? 1 : (weights[row] as number);
    if (weight === 0) continue;
    if (target[row] === 1) positives += weight;
    else negatives += weight;
    const score = scores[row] as number;
    if (n === 0 || thresholds[n - 1] !== score) thresholds[n++] = score;
    truePositives[n - 1] = positives;
    falsePositives[n - 1] = negatives;
  }
  return {
    thresholds: thresholds.subarray(0, n),
    truePositives: truePositives.subarray(0, n),
    falsePositives: falsePositives.subarray(0, n),
  };
}

/** Weight of all positives and of all negatives. */
export function totals({ truePositives, falsePositives }: RankedCounts): { positives: number; negatives: number } {
  const last = truePositives.length - 1;
  return { positives: truePositives[last] ?? 0, negatives: falsePositives[last] ?? 0 };
}
