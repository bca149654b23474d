// The contract of an experiment tracker: what a training leaves behind beside the model.
import type { FeatureSpec } from './feature-spec.js';
import type { BundleFiles, ModelVersion } from './registry.js';

/** What a run starts with. */
export interface RunStart {
  readonly experiment: string;
  readonly runName: string;
  readonly tags: Readonly<Record<string, string>>;
  /** When the work began, milliseconds since 1970; now where absent. */
  readonly startTimeMs?: number | undefined;
  /**
   * A run to go on with, as {@link TrackedRun.id} of an earlier one or of another program: what is logged is added to it, also where
   * it has ended. A new run where absent.
   */
  readonly runId?: string | undefined;
}

/** A table that went into a run. */
export interface TrackedDataset {
  readonly name: string;
  /** Digest of its rows, at most 36 characters. */
  readonly digest: string;
  /** What it was for: `training`, `evaluation`. */
  readonly context: string;
  readonly nRows: number;
  readonly spec: FeatureSpec;
}

/** One metric at one step. */
export interface MetricPoint {
  readonly key: string;
  readonly value: number;
  /** Fold or iteration, from 0. */
  readonly step: number;
}

/** A run that is under way. */
export interface TrackedRun {
  /** Later work goes on with the run by it. */
  readonly id: string;
  logParams(params: Readonly<Record<string, string>>): Promise<void>;
  logMetrics(points: readonly MetricPoint[]): Promise<void>;
  logArtifacts(files: BundleFiles): Promise<void>;
  /** Metrics of the run were measured on the first dataset. */
  logDataset?(dataset: TrackedDataset): Promise<void>;
  logModel(version: ModelVersion, files: BundleFiles): Promise<void>;
  end(status: 'finished' | 'failed' | 'killed'): Promise<void>;
}

/** Records trainings, and what becomes of their models. */
export interface Tracker {
  /** @throws OPTION_INVALID where runs cannot be gone on with, and one is named */
  start(run: RunStart): Promise<TrackedRun>;
}
