// What the engine is asked for, and what it gives back.
import type { FeatureMatrix } from '../core/feature-matrix.js';
import type { RunControl } from '../core/progress.js';
import type { BoosterParameters } from './booster-options.js';
import type { CustomFunctions } from './custom-functions.js';
import type { ObjectiveSpec } from './objectives/create-objective.js';
import type { TreeEnsemble } from './scoring/tree-ensemble.js';

/** A booster under way, from which training can go on. */
export interface BoosterProgress {
  readonly ensemble: TreeEnsemble;
  readonly nIterations: number;
  readonly metrics: readonly number[];
  /** Whether it is a snapshot of the same job, which then ends after the job's own number of rounds; else rounds are added. */
  readonly isSnapshot: boolean;
}

/** Rows with what is to be predicted. */
export interface BoosterRows {
  readonly features: FeatureMatrix;
  /** Float64Array [nRows]: 0 or 1, a class position, or a value, as the objective needs. */
  readonly target: Float64Array;
  /** Float64Array [nRows] of non-negative weights; absent means all 1. */
  readonly weights?: Float64Array | undefined;
}

/** A training job for the engine. */
export interface BoosterRequest extends RunControl, CustomFunctions {
  /** First word of messages. */
  readonly owner: string;
  readonly train: BoosterRows;
  /** Rows that the metric is watched on. */
  readonly held?: BoosterRows | undefined;
  readonly parameters: BoosterParameters;
  readonly objective: ObjectiveSpec;
  readonly seed: number;
  /** Trees to go on from: those of a snapshot of the same job, or any model of these features and scores. */
  readonly startFrom?: BoosterProgress | undefined;
  /** Called with all progress so far, every `snapshotEvery` rounds; must not throw. */
  readonly onSnapshot?: ((progress: BoosterProgress) => void) | undefined;
  readonly snapshotEvery?: number | undefined;
  /** `plain` trains in TypeScript on this thread, as hosts without WebAssembly SIMD or shared memory do: the same model, slowly. */
  readonly kernels?: 'auto' | 'plain' | undefined;
}

/** What training made. */
export interface TrainedBooster {
  readonly ensemble: TreeEnsemble;
  /** Rounds in the ensemble: the best one where training stopped early. */
  readonly nIterations: number;
  /** The metric after each round, [rounds]; empty where none was watched. */
  readonly metrics: readonly number[];
  readonly metricName: string | undefined;
}
