// A run as data: all that is known of it at its end. A server, MLflow's file layout and the spool folder take the same
// record.
import type { BundleFiles, ModelVersion } from '../core/registry.js';
import type { MetricPoint, TrackedDataset } from '../core/tracker.js';

/** A metric point with its time. */
export interface RecordedMetric extends MetricPoint {
  readonly timestampMs: number;
}

/** A model that a run made. */
export interface RecordedModel {
  readonly version: ModelVersion;
  readonly files: BundleFiles;
}

/** A run. */
export interface RunRecord {
  /** 32 hexadecimal digits; the run has it as a tag, by which a second delivery finds it. */
  readonly id: string;
  /** The run that this record is added to: its id at the server, or the record that made it. A run of its own where absent. */
  readonly resumes?: string | undefined;
  /** The run's id at the server, where it was announced. */
  readonly runId: string | undefined;
  readonly experiment: string;
  readonly runName: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly startTimeMs: number;
  readonly endTimeMs: number;
  readonly status: 'FINISHED' | 'FAILED' | 'KILLED';
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: readonly RecordedMetric[];
  readonly datasets: readonly TrackedDataset[];
  readonly artifacts: BundleFiles;
  readonly model: RecordedModel | undefined;
}

/** What is known when a run starts. */
export type RunHead = Pick<RunRecord, 'id' | 'resumes' | 'experiment' | 'runName' | 'tags' | 'startTimeMs'>;

/** Where finished runs go. */
export interface RunSink {
  /** Announces a run. @returns its id there; undefined where it gets one later */
  start(head: RunHead): Promise<string | undefined>;
  deliver(record: RunRecord): Promise<void>;
}
