/** Values in order with how many of the stream each stands for. */
export interface WeightedValues {
  /** Float64Array [n], ascending. */
  readonly values: Float64Array;
  /** Float64Array [n]; undefined where each stands for itself alone. */
  readonly weights: Float64Array | undefined;
  /** Sum of the weights. */
  readonly total: number;
}
