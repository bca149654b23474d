// Precision against recall, and its summary as scikit-learn has it: no interpolation, which would be too kind (Davis and Goadrich, 2006).
import type { RankedCounts } from './ranked-counts.js';
import { rankedCounts, totals } from './ranked-counts.js';

/** A precision-recall curve, from recall 0 to 1. */
export interface PrecisionRecallCurve {
  /** Float64Array [nPoints]: share of the rows at or above the threshold that are positive; the first is 1. */
  readonly precision: Float64Array;
  /** Float64Array [nPoints], ascending: share of the positives at or above the threshold; the first is 0. */
  readonly recall: Float64Array;
  /** Float64Array [nPoints], descending; the first is Infinity, above every score. */
  readonly thresholds: Float64Array;
}

/**
 * Average precision: the sum over thresholds of precision times the recall that the threshold adds.
 * @param target Float64Array [nRows] of 0 and 1
 * @param scores Float64Array [nRows], any increasing measure of being 1
 * @param weights Float64Array [nRows], non-negative; all 1 where absent
 * @returns a number in (0, 1]; NaN where no row is positive
 */
export function averagePrecision(target: Float64Array, scores: Float64Array, weights?: Float64Array): number {
  return prAuc(rankedCounts(target, scores, weights));
}

/** {@link averagePrecision} of rows that are counted already. */
export function prAuc(counts: RankedCounts): number {
  const { truePositives, falsePositives } = counts;
  let sum = 0;
  let before = 0;
  for (let i = 0; i < truePositives.length; i++) {
    const truePositive = truePositives[i] as number;
    if (truePositive === before) continue;
    sum += ((truePositive - before) * truePositive) / (truePositive + (falsePositives[i] as number));
    before = truePositive;
  }
  return sum / totals(counts).positives;
}

/** The precision-recall curve of counted rows; recall is NaN where no row is positive. */
export function precisionRecallCurve(counts: RankedCounts): PrecisionRecallCurve {
  const n = counts.thresholds.length;
  const { positives } = totals(counts);
  const precision = new Float64Array(n + 1);
  const recall = new Float64Array(n + 1);
  const thresholds = new Float64Array(n + 1);
  precision[0] = 1;
  thresholds[0] = Number.POSITIVE_INFINITY;
  for (let i = 0; i < n; i++) {
    const truePositive = counts.truePositives[i] as number;
    precision[i + 1] = truePositive / (truePositive + (counts.falsePositives[i] as number));
    recall[i + 1] = truePositive / positives;
    thresholds[i + 1] = counts.thresholds[i] as number;
  }
  return { precision, recall, thresholds };
}
