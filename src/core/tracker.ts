// The contract of an experiment tracker: what a training leaves behind beside the model.
import type { BundleFiles, ModelVersion } from './registry.js';

/** What a run starts with. */
export interface RunStart {
  readonly experiment: string;
  readonly runName: string;
  readonly tags: Readonly<Record<string, string>>;
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
  readonly id: string;
  logParams(params: Readonly<Record<string, string>>): Promise<void>;
  logMetrics(points: readonly MetricPoint[]): Promise<void>;
  logArtifacts(files: BundleFiles): Promise<void>;
  logModel(version: ModelVersion, files: BundleFiles): Promise<void>;
  end(status: 'finished' | 'failed' | 'killed'): Promise<void>;
}

/** Records trainings. */
export interface Tracker {
  start(run: RunStart): Promise<TrackedRun>;
}
