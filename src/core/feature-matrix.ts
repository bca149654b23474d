/** One input of a model. */
export interface ModelFeature {
  readonly name: string;
  /** A categorical feature's column holds level positions (0, 1, …); NaN is missing or unseen. */
  readonly kind: 'numeric' | 'categorical';
  /** Levels of a categorical feature, by position. */
  readonly levels?: readonly string[];
}

/** Numbers of one feature, [nRows]; NaN is missing. */
export type FeatureColumn = Float64Array | Float32Array;

/** What a model is fitted on and scores: typed columns, column-major. Readers must not write into the columns. */
export interface FeatureMatrix {
  readonly nRows: number;
  readonly features: readonly ModelFeature[];
  /** One array [nRows] a feature, in the order of `features`. */
  readonly columns: readonly FeatureColumn[];
}
