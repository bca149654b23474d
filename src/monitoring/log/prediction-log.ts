// The contract of a prediction log: what was predicted, and what turned out to be true, kept for later.
import type { Label } from '../../core/cell.js';

/** A prediction as it was made. Values of features are there only where they were asked for. */
export interface LoggedPrediction {
  readonly kind: 'prediction';
  /** Milliseconds since 1970. */
  readonly timeMs: number;
  /** What paths call the model. */
  readonly served: string;
  readonly id: string;
  readonly model: string;
  readonly version: number;
  readonly score: number;
  readonly label: Label | null;
  /** Probability by class, for multiclass tasks. */
  readonly probabilities?: Readonly<Record<string, number>>;
  /** Values of the segment columns, as text. */
  readonly segments?: Readonly<Record<string, string>>;
  readonly row?: Readonly<Record<string, unknown>>;
}

/** The truth about a prediction as it came. */
export interface LoggedTruth {
  readonly kind: 'truth';
  /** When it came, milliseconds since 1970. */
  readonly timeMs: number;
  readonly served: string;
  /** Of the prediction. */
  readonly id: string;
  /** A class, or the value of a regression. */
  readonly truth: Label;
}

/** One record of the log. */
export type LogRecord = LoggedPrediction | LoggedTruth;

/** What became of the records that were appended. */
export interface LogCounts {
  readonly written: number;
  /** Lost because the log could not keep up, its disk is full or its database away. */
  readonly dropped: number;
  /** Still to be written. */
  readonly pending: number;
}

/** Keeps records behind a bounded buffer. */
export interface PredictionLog {
  /** Takes a record within microseconds, and never throws. The record is not to be changed afterwards. */
  append(record: LogRecord): void;
  /** Ends once all that was appended before is written or given up. */
  flush(): Promise<void>;
  /** Flushes, then frees what the log holds. */
  close(): Promise<void>;
  counts(): LogCounts;
  /**
   * The latest records, the oldest of them first, in blocks.
   * @param atLeast about how many records to go back
   */
  recent(atLeast: number): AsyncIterable<readonly LogRecord[]>;
}
