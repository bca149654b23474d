// The contract of a learning algorithm: hyper-parameters in the factory, data in fit, a fitted object out.
import type { FeatureMatrix, ModelFeature } from './feature-matrix.js';
import type { Task } from './feature-spec.js';
import type { JsonObject } from './json.js';
import type { RunControl } from './progress.js';

/** Rows to learn from. */
export interface TrainingData {
  readonly features: FeatureMatrix;
  /** Float64Array [nRows]: 0 or 1 (binary), a class position (multiclass) or a value (regression). Never NaN. */
  readonly target: Float64Array;
  /** Float64Array [nRows] of non-negative weights; absent means all 1. */
  readonly weights?: Float64Array | undefined;
  readonly task: Task;
  /** Classes of a multiclass task; 2 for binary, 1 for regression. */
  readonly nClasses: number;
}

/** How to fit. */
export interface FitOptions extends RunControl {
  /** Held-out rows for early stopping; models without it ignore them. */
  readonly validation?: TrainingData | undefined;
  /** Seed of every random choice; the same seed and data give the same model, bit for bit. */
  readonly seed?: number | undefined;
}

/** A learning algorithm with its hyper-parameters. */
export interface Model {
  /** Identifies the algorithm in files and on the command line: "logistic". */
  readonly kind: string;
  /** Every hyper-parameter with its value. */
  readonly params: JsonObject;
  /** `dense`: numeric features without missing values only. `native`: takes NaN and categorical features as they are. */
  readonly input: 'dense' | 'native';
  readonly tasks: readonly Task[];
  /** Whether a fit wants held-out rows (`validation`) to stop by; a trainer then holds some of its training rows back. */
  readonly stopsEarly?: boolean;
  /**
   * Learns from the rows; changes neither them nor itself.
   * @throws FIT_FAILED, CANCELLED, TARGET_INVALID, VALUE_INVALID, DATA_TOO_LARGE
   */
  fit(train: TrainingData, options?: FitOptions): Promise<FittedModel>;
}

/** A model that scores. */
export interface FittedModel {
  readonly kind: string;
  readonly task: Task;
  /** The inputs it was fitted on, in order. */
  readonly features: readonly ModelFeature[];
  /** Numbers a row: 1 for binary (probability of the positive class) and regression, else one probability a class. */
  readonly nOutputs: number;
  /**
   * Scores rows.
   * @param out Float64Array [nRows * nOutputs], row-major, written and returned; made where absent
   */
  predict(features: FeatureMatrix, out?: Float64Array): Float64Array;
  /** Scores one row with no allocation: values [nFeatures] in, out [nOutputs]; the same bits as `predict`. */
  predictRow?(values: Float64Array, out: Float64Array): void;
  /** The model as files; a {@link ModelReader} of its kind makes it again, with the same bits in every score. */
  toFiles(): ModelFiles;
  /** Importance of each feature, [nFeatures], non-negative, in the model's own unit. */
  importance?(): Float64Array;
  /** Largest difference between its scores on two machines, relative above 1; nearly none where absent. */
  readonly tolerance?: number;
  /** What fitting found out, such as the number of iterations. */
  readonly summary?: JsonObject;
  /** How the metric moved in this fit, where there were held-out rows; files do not keep it. */
  readonly learningCurve?: LearningCurve | undefined;
}

/** A metric on held-out rows after each round of a fit. */
export interface LearningCurve {
  readonly metric: string;
  /** The value after round 1, 2 and so on. */
  readonly values: readonly number[];
  /** How many rounds the model keeps. */
  readonly bestRound: number;
}

/** File contents by path relative to the model's directory. */
export type ModelFiles = ReadonlyMap<string, Uint8Array>;

/** Makes a fitted model from its files, which are untrusted. @throws BUNDLE_INVALID */
export type ModelReader = (files: ModelFiles) => FittedModel;
