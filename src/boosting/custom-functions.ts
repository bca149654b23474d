// A caller's own objective and metric. They run on the thread that called fit, never in a worker.

/** Rows as a custom function sees them. */
export interface CustomRows {
  /** Raw scores, one Float64Array [nRows] a score. */
  readonly scores: readonly Float64Array[];
  readonly target: Float64Array;
  readonly weights: Float64Array | undefined;
}

/** Writes the first and second derivative of the loss by score, times weight, one Float64Array [nRows] a score each. */
export type CustomObjective = (
  rows: CustomRows,
  gradients: readonly Float64Array[],
  hessians: readonly Float64Array[],
) => void;

export interface CustomMetric {
  readonly name: string;
  readonly isHigherBetter: boolean;
  evaluate(rows: CustomRows): number;
}

export interface CustomFunctions {
  /** Gradients where the objective is `custom`. */
  readonly customObjective?: CustomObjective | undefined;
  /** The metric where `metric` is `custom`. */
  readonly customMetric?: CustomMetric | undefined;
}
