// The receiver operating characteristic and the area under it (Fawcett, "An introduction to ROC analysis", 2006).
import type { RankedCounts } from './ranked-counts.js';
import { rankedCounts, totals } from './ranked-counts.js';

/** A ROC curve from (0, 0) to (1, 1). */
export interface RocCurve {
  /** Float64Array [nPoints]: share of the negatives scored at or above the threshold. */
  readonly fpr: Float64Array;
  /** Float64Array [nPoints]: share of the positives scored at or above the threshold. */
  readonly tpr: Float64Array;
  /** Float64Array [nPoints], descending; the first is Infinity, above every score. */
  readonly thresholds: Float64Array;
}

/**
 * Area under the ROC curve: the chance that a positive row scores above a negative one, ties counting half.
 * @param target Float64Array [nRows] of 0 and 1
 * @param scores Float64Array [nRows], any increasing measure of being 1
 * @param weights Float64Array [nRows], non-negative; all 1 where absent
 * @returns a number in [0, 1]; NaN where the rows are of one class
 */
export function auc(target: Float64Array, scores: Float64Array, weights?: Float64Array): number {
  return rocAuc(rankedCounts(target, scores, weights));
}

/** {@link auc} of rows that are counted already. */
export function rocAuc(counts: RankedCounts): number {
  const { truePositives, falsePositives } = counts;
  const { positives, negatives } = totals(counts);
  let doubled = 0;
  let above = 0;
  let falseAbove = 0;
  for (let i = 0; i < truePositives.length; i++) {
    const truePositive = truePositives[i] as number;
    const falsePositive = falsePositives[i] as number;
    doubled += (falsePositive - falseAbove) * (truePositive + above);
    above = truePositive;
    falseAbove = falsePositive;
  }
  return doubled / (2 * positives * negatives);
}

/** The ROC curve of counted rows; NaN on the axis of a class that is absent. */
export function rocCurve(counts: RankedCounts): RocCurve {
  const { positives, negatives } = totals(counts);
  return {
    fpr: shares(counts.falsePositives, negatives),
    tpr: shares(counts.truePositives, positives),
    thresholds: prepended(Number.POSITIVE_INFINITY, counts.thresholds),
  };
}

function shares(cumulated: Float64Array, total: number): Float64Array {
  return prepended(
    0,
    cumulated.map((weight) => weight / total),
  );
}

function prepended(first: number, values: Float64Array): Float64Array {
  const all = new Float64Array(values.length + 1);
  all[0] = first;
  all.set(values, 1);
  return all;
}
