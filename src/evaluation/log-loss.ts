// Cross-entropy of predicted probabilities, in nats.
import { weightedMean } from './weighted-mean.js';

/** Probabilities are moved into [2^-52, 1 - 2^-52] first, as scikit-learn does, so that one sure mistake costs 36 and not Infinity. */
const CLIP = Number.EPSILON;

/**
 * Mean over rows of -ln(probability of the true class).
 * @param target Float64Array [nRows] of class positions
 * @param predictions Float64Array: [nRows] probabilities of class 1, or [nRows * nClasses] row-major
 * @param weights Float64Array [nRows], non-negative; all 1 where absent
 */
export function logLoss(target: Float64Array, predictions: Float64Array, weights?: Float64Array): number {
  const nRows = target.length;
  const nOutputs = predictions.length / nRows;
  const ofTruth =
    nOutputs === 1
      ? (row: number) => (target[row] === 1 ? (predictions[row] as number) : 1 - (predictions[row] as number))
      : (row: number) => predictions[row * nOutputs + (target[row] as number)] as number;
  return weightedMean(nRows, (row) => -Math.log(Math.min(Math.max(ofTruth(row), CLIP), 1 - CLIP)), weights);
}
