// What an objective must say for boosting to minimise it.

/** Rows as an objective sees them. */
export interface ObjectiveRows {
  /** Raw scores, Float64Array [nRows] a score. */
  readonly scores: readonly Float64Array[];
  readonly target: Float64Array;
  /** Undefined where every row counts 1. */
  readonly weights: Float64Array | undefined;
}

/** A loss with its derivatives. */
export interface Objective {
  readonly name: string;
  /** Scores a row: the classes of a multiclass objective, else 1. */
  readonly nScores: number;
  /** The kernel that computes the gradients, where there is one; it gives the same bits as `gradients`. */
  readonly kernel?: 'binaryGradients' | 'squaredGradients';
  /** The constant score that fits the target best, one a score. */
  baseScore(target: Float64Array, weights: Float64Array | undefined): Float64Array;
  /** Writes gradient and hessian, times weight, of rows [from, to) as pairs: one Float64Array [nRows][2] a score. */
  gradients(rows: ObjectiveRows, pairs: readonly Float64Array[], from: number, to: number): void;
  /**
   * The quantile of the residuals that is a leaf's best value, for losses whose hessian says nothing about the step; undefined
   * for the Newton step.
   */
  readonly leafQuantile?: number;
  /** Raw scores of one row [nScores] to outputs, in place. */
  toOutput(scores: Float64Array): void;
}
