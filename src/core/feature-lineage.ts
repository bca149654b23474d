// Which stored features a model was trained on: what its bundle notes, and what the feature store finds it by.

/** One version of a feature view. */
export interface FeatureReference {
  readonly view: string;
  /** 1, 2, 3, … */
  readonly version: number;
  /** SHA-256 of the view's definition, 64 hexadecimal digits. */
  readonly schemaHash: string;
}

/** Where the rows of a training came from; stored with the model. */
export interface Lineage {
  readonly features: FeatureReference;
}
