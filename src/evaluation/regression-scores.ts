// Errors of predicted values, in the unit of the target, and the share of its variance that is explained.
import { weightedMean } from './weighted-mean.js';

/** Scores of a regression. */
export interface RegressionScores {
  /** Square root of the mean squared error. */
  readonly rmse: number;
  /** Mean absolute error. */
  readonly mae: number;
  /** 1 - SSE / SST, at most 1; NaN where the target is constant. */
  readonly r2: number;
}

/**
 * Scores predicted values.
 * @param target Float64Array [nRows]
 * @param predictions Float64Array [nRows]
 * @param weights Float64Array [nRows], non-negative; all 1 where absent
 */
export function regressionScores(
  target: Float64Array,
  predictions: Float64Array,
  weights?: Float64Array,
): RegressionScores {
  const n = target.length;
  const error = (row: number): number => (predictions[row] as number) - (target[row] as number);
  const mse = weightedMean(n, (row) => error(row) ** 2, weights);
  const mean = weightedMean(n, (row) => target[row] as number, weights);
  const variance = weightedMean(n, (row) => ((target[row] as number) - mean) ** 2, weights);
  const mae = weightedMean(n, (row) => Math.abs(error(row)), weights);
  return { rmse: Math.sqrt(mse), mae, r2: isConstant(target, weights) ? Number.NaN : 1 - mse / variance };
}

/** Asked of the values, since rounding can leave equal ones a variance. */
function isConstant(target: Float64Array, weights: Float64Array | undefined): boolean {
  const counts = (_: number, row: number): boolean => weights === undefined || (weights[row] as number) > 0;
  const first = target.find(counts);
  return target.every((value, row) => value === first || !counts(value, row));
}
