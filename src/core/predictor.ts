// The contract of a served model: typed rows in, scores out, with an atomic swap to another version.
import type { ColumnTable } from 'arquero';
import type { Label } from './cell.js';
import type { explainOptions } from './explain-options.js';
import type { FeatureSpec } from './feature-spec.js';
import type { OptionsInput } from './options-table.js';
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

/** What one feature adds to a raw score. */
export interface Contribution {
  /** One of the schema's features. */
  readonly feature: string;
  /** In the unit of the raw score. */
  readonly contribution: number;
}

/** Why a row has its score: `base`, the contributions and `others` sum to `raw`. */
export interface Explanation {
  /**
   * Score before the link, that of the predicted class where there are several: log-odds (binary), a class's score before the
   * softmax (multiclass), the value itself or the logarithm of it, as the objective has it (regression).
   */
  readonly raw: number;
  /** Mean raw score over the training rows; of a linear model from an older file, the raw score where every encoded feature is 0. */
  readonly base: number;
  /** By size, largest first. */
  readonly contributions: readonly Contribution[];
  /** Sum of the contributions that are not listed. */
  readonly others: number;
}

/** A prediction with its reasons. */
export interface ExplainedPrediction extends Prediction {
  readonly explanation: Explanation;
}

/** How much to explain. */
export type ExplainOptions = OptionsInput<typeof explainOptions>;

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
   * Scores one row and says why: exact SHAP values of trees (path-dependent TreeSHAP) and of linear models, summed back from
   * encoded columns to the row's own features. A column made from several features is shared out among them equally.
   * @throws VALIDATION_FAILED, CATEGORY_UNKNOWN, OPTION_INVALID
   * @throws EXPLANATION_UNAVAILABLE where the model is of a kind that has none, or was read from a file without row counts
   */
  explain(row: Row, options?: ExplainOptions): ExplainedPrediction;
  /**
   * Loads and verifies another version (or the one the reference points at now), then swaps to it at once; requests under
   * way finish on the old one. On failure the old one stays.
   * @throws MODEL_NOT_FOUND, BUNDLE_INVALID, GOLDEN_MISMATCH
   */
  reload(reference?: string): Promise<ModelVersion>;
}
