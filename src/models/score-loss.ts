/**
 * The loss of a generalised linear model as a function of its scores, a block of rows at a time. Rows carry their weights
 * inside; nothing here knows about columns.
 */
export interface ScoreLoss {
  /** Scores of each row: 1, or one a class. */
  readonly nScores: number;
  /** Weight of each row, Float64Array [nRows]. */
  readonly weights: Float64Array;
  /** Scores that are best where every coefficient is 0, Float64Array [nScores]. */
  readonly baseScores: Float64Array;
  /**
   * Turns the scores of `length` rows from row `start` into the weighted derivatives of their loss.
   * @param scores INOUT nScores arrays [length]
   * @param curvature OUT Float64Array [nRows], the second derivative at each row; of several scores, their mean
   * @returns the weighted sum of the rows' loss
   */
  block(scores: readonly Float64Array[], start: number, length: number, curvature: Float64Array): number;
}
