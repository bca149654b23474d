/** Explains rows of encoded values: `baseline` plus a row's values of an output sum to its raw score. */
export interface EncodedExplainer {
  /** Float64Array [nOutputs]. */
  readonly baseline: Float64Array;
  /**
   * @param values [nFeatures]; NaN is missing
   * @returns Float64Array [nOutputs * nFeatures], one output after another
   */
  explainRow(values: Float64Array): Float64Array;
}
