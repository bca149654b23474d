// The contract of a served model: typed rows in, scores out, with an atomic swap to another version.
import type { ColumnTable } from 'arquero';
import type { Label } from './cell.js';
import type { FeatureSpec } from './feature-spec.js';
import type { ModelVersion } from './registry.js';

/** The score of one row. */
export interface Prediction {
  /** Probability of the positive class (binary) or of `label` (multiclass), or the predicted value (regression). */
  readonly score: number;
  /** The predicted class as it stands in the data; null for regression. */
  readonly label: Label | null;
  /** Probability by class, for multiclass tasks. */
  readonly probabilities?: Readonly<Record<string, number>>;
  readonly model: string;
  readonly version: number;
}

/** A loaded model. */
export interface Predictor<Row = Record<string, unknown>> {
  /** What is being served now. */
  readonly current: ModelVersion;
  /** What a row looks like, and what is predicted. */
  readonly spec: FeatureSpec;
  /** Scores one row. @throws VALIDATION_FAILED with every broken rule, CATEGORY_UNKNOWN */
  predictOne(row: Row): Prediction;
  /** Scores many rows; none where one is invalid. @throws VALIDATION_FAILED with every broken rule, column and row */
  predictBatch(rows: readonly Row[]): Prediction[];
  /** Scores a table with the schema's columns. @throws VALIDATION_FAILED, COLUMN_MISSING */
  predictTable(table: ColumnTable): Prediction[];
  /**
   * Loads and verifies another version (or the one the reference points at now), then swaps to it at once; requests under
   * way finish on the old one. On failure the old one stays.
   * @throws MODEL_NOT_FOUND, BUNDLE_INVALID, GOLDEN_MISMATCH
   */
  reload(reference?: string): Promise<ModelVersion>;
}
