// The contract of the one training path: script, CLI, HTTP and job queue all go through it.
import type { ColumnTable } from 'arquero';
import type { DataLoader } from './data-loader.js';
import type { Lineage } from './feature-lineage.js';
import type { FeatureSchema, FeatureSpec, Task } from './feature-spec.js';
import type { JsonObject } from './json.js';
import type { Model } from './model.js';
import type { RunControl } from './progress.js';
import type { ModelVersion, Registry } from './registry.js';
import type { Transformer } from './transformer.js';

/** A training job. */
export interface TrainRequest extends RunControl {
  /** Name to register the model under. */
  readonly name: string;
  /** A loader, or a table at hand. */
  readonly data: DataLoader | ColumnTable;
  /** Which of the loader's tables to train on; needed where it loads several. */
  readonly table?: string | undefined;
  /** Features and target; inferred from the data where absent, and then `target` is needed. */
  readonly features?: FeatureSchema | undefined;
  readonly target?: TargetRequest | undefined;
  /** A model, or the kind of a built-in one with default parameters. */
  readonly model: Model | string;
  /** Parameters for a model named by kind. */
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  /** Preprocessing; the model's default where absent. */
  readonly pipeline?: Transformer | undefined;
  /** Column of non-negative row weights, no feature itself. */
  readonly weights?: string | undefined;
  /** Options of the validation table: folds, stratified, holdout, group, time, shuffle. */
  readonly validation?: Readonly<Record<string, unknown>> | undefined;
  /** Seed of every random choice; 0 where absent. */
  readonly seed?: number | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Which stored features the data is, as a feature store's training set tells; written into the model. */
  readonly lineage?: Lineage | undefined;
  /** Experiment to record the run in, where the trainer has a tracker; the model's name where absent. */
  readonly experiment?: string | undefined;
  /** A run of the tracker to record in, rather than one of its own. */
  readonly runId?: string | undefined;
}

/** The target for features that are inferred. */
export interface TargetRequest {
  readonly column: string;
  /** Decided by the column where absent: two distinct values binary, other strings multiclass, numbers regression. */
  readonly task?: Task | undefined;
  /** The label whose probability is the score of a binary task; the larger one in sort order where absent. */
  readonly positive?: string | number | boolean | undefined;
}

/** A metric over the folds. */
export interface FoldMetric {
  readonly mean: number;
  /** Sample standard deviation over folds; 0 with one fold. */
  readonly sd: number;
  readonly folds: readonly number[];
}

/** What a training job found. */
export interface TrainResult {
  readonly version: ModelVersion;
  /** Out-of-fold metrics by name. Empty where the request asked for no validation. */
  readonly metrics: Readonly<Record<string, FoldMetric>>;
  readonly features: FeatureSpec;
  readonly model: { readonly kind: string; readonly params: JsonObject };
  readonly nRows: number;
  readonly seconds: number;
  /** Things the user should know, such as ignored columns. */
  readonly warnings: readonly string[];
}

/** Trains, evaluates and registers. */
export interface Trainer {
  readonly registry: Registry;
  /** @throws VALIDATION_FAILED, TARGET_INVALID, SPLIT_INVALID, COLUMN_MISSING, CANCELLED and those of model and registry */
  train(request: TrainRequest): Promise<TrainResult>;
}
