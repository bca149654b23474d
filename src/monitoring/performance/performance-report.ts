// What is known about the performance of a model in production, as plain JSON.
import type { Task } from '../../core/feature-spec.js';

/** Metrics by name; null where the rows leave one undefined. */
export type MetricValues = Readonly<Record<string, number | null>>;

/** Metrics at one time. */
export interface PerformancePoint {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Rows with a truth. */
  readonly nRows: number;
  readonly metrics: MetricValues;
  readonly estimated: MetricValues;
}

/** The rows with one value of a segment column. */
export interface SegmentPerformance {
  readonly column: string;
  /** As text; "missing", or "other" for all values past the bound. */
  readonly value: string;
  readonly nRows: number;
  readonly metrics: MetricValues;
}

/** Predicted against observed shares by bins of probability. */
export interface CalibrationPoints {
  readonly predicted: readonly number[];
  readonly observed: readonly number[];
  readonly nRows: readonly number[];
}

/** The answer of `GET /monitoring/performance/:model`. */
export interface PerformanceReport {
  readonly format: 'tabwright.performance/1';
  /** What paths call the model. */
  readonly served: string;
  /** What serves now. */
  readonly model: { readonly name: string; readonly version: number };
  readonly task: Task;
  readonly threshold: number;
  readonly at: string;
  /** The latest rows with a truth; the times of their first and last prediction. */
  readonly window: { readonly nRows: number; readonly from: string | null; readonly to: string | null };
  readonly metrics: MetricValues;
  /** Of the latest predictions, whether or not their truth is known (CBPE); null for a regression. */
  readonly estimated: { readonly nRows: number; readonly metrics: MetricValues } | null;
  /** The estimate for the very rows of the window, minus what their truths made of it; null for a regression. */
  readonly estimateError: MetricValues | null;
  /** Of a binary task. */
  readonly calibration: CalibrationPoints | null;
  readonly segments: readonly SegmentPerformance[];
  readonly feedback: FeedbackCounts;
  /** Earlier points, oldest first; fewer of them the older they are. */
  readonly history: readonly PerformancePoint[];
}

/** What became of the truths that came since the monitor began. */
export interface FeedbackCounts {
  /** Met their prediction. */
  readonly joined: number;
  /** Came for a prediction that had one; the last one counts. */
  readonly repeated: number;
  /** Came for a prediction that was not known, and wait for it. */
  readonly waiting: number;
  /** Waited until too many others did. */
  readonly dropped: number;
}
