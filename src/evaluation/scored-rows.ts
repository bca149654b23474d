import type { Task } from '../core/feature-spec.js';

/** Predictions beside the truth. */
export interface ScoredRows {
  readonly task: Task;
  /** 2 for binary, the number of classes for multiclass, 1 for regression. */
  readonly nClasses: number;
  /** Float64Array [nRows]: 0 or 1 (binary), a class position (multiclass) or a value (regression). */
  readonly target: Float64Array;
  /**
   * Float64Array as a fitted model gives it: [nRows] probabilities of the positive class (binary), [nRows * nClasses]
   * probabilities, row-major (multiclass), [nRows] values (regression).
   */
  readonly predictions: Float64Array;
  /** Float64Array [nRows], non-negative and not all 0; all 1 where absent. */
  readonly weights?: Float64Array | undefined;
}
