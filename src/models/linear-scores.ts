// Intercept plus coefficients times columns, each row's terms added in column order, so that one row alone gives the same bits.
import type { FeatureColumn } from '../core/feature-matrix.js';

/** The numbers of a linear model. */
export interface LinearWeights {
  /** Float64Array [nScores * nColumns], one score after another. */
  readonly coefficients: Float64Array;
  /** Float64Array [nScores]. */
  readonly intercepts: Float64Array;
}

// Rows whose scores stay in the first-level cache while all columns are added.
const BLOCK_ROWS = 2048;

/**
 * Scores of many rows.
 * @param scores OUT Float64Array [nRows * nScores], row-major
 */
export function scoreColumns(weights: LinearWeights, columns: readonly FeatureColumn[], scores: Float64Array): void {
  const { coefficients, intercepts } = weights;
  const nScores = intercepts.length;
  const nRows = scores.length / nScores;
  for (let start = 0; start < nRows; start += BLOCK_ROWS) {
    const end = Math.min(start + BLOCK_ROWS, nRows);
    for (let row = start; row < end; row++) scores.set(intercepts, row * nScores);
    for (const [j, column] of columns.entries()) {
      for (let k = 0; k < nScores; k++) {
        const w = coefficients[k * columns.length + j] as number;
        for (let row = start, at = start * nScores + k; row < end; row++, at += nScores) {
          scores[at] = (scores[at] as number) + w * (column[row] as number);
        }
      }
    }
  }
}

/**
 * Scores of one row.
 * @param values IN Float64Array [nColumns]
 * @param scores OUT Float64Array [nScores]
 */
export function scoreValues(weights: LinearWeights, values: Float64Array, scores: Float64Array): void {
  const { coefficients, intercepts } = weights;
  for (let k = 0, at = 0; k < intercepts.length; k++) {
    let score = intercepts[k] as number;
    for (let j = 0; j < values.length; j++) score += (coefficients[at++] as number) * (values[j] as number);
    scores[k] = score;
  }
}
