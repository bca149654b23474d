// The metrics of a monitor by what they tell: names, labels and buckets in one place, for the code, the docs and dashboards.
import type { ObservedMetric } from '../core/metrics.js';

/** Upper bounds of scores that are probabilities. */
export const SCORE_BUCKETS = Array.from({ length: 19 }, (_, i) => (i + 1) / 20).concat(1);

/** Upper bounds in seconds of how long a truth takes: from a minute to three months. */
export const DELAY_BUCKETS = [60, 600, 3600, 21_600, 86_400, 259_200, 604_800, 1_209_600, 2_592_000, 7_776_000];

/** Every metric of a monitor. Labels are names of models, of their columns and classes, and a bounded number of segments. */
export const MONITORING_METRICS = {
  rows: {
    kind: 'counter',
    name: 'monitored_rows_total',
    help: 'Rows whose features were looked at, at most so many a second.',
    labels: ['model'],
  },
  scores: {
    kind: 'histogram',
    name: 'prediction_score',
    help: 'Scores that are probabilities.',
    labels: ['model'],
    buckets: SCORE_BUCKETS,
  },
  labels: {
    kind: 'counter',
    name: 'predicted_labels_total',
    help: 'Rows by the class that was predicted.',
    labels: ['model', 'label'],
  },
  missing: {
    kind: 'counter',
    name: 'missing_values_total',
    help: 'Rows in which a column was missing, of those whose features were looked at.',
    labels: ['model', 'column'],
  },
  failures: {
    kind: 'counter',
    name: 'validation_failures_total',
    help: 'Broken rules of refused rows by column; `other` where the model has no such column.',
    labels: ['model', 'column'],
  },
  unknown: {
    kind: 'counter',
    name: 'unknown_categories_total',
    help: 'Refused rows with a value that is none of the declared ones of its column.',
    labels: ['model', 'column'],
  },
  feedback: {
    kind: 'counter',
    name: 'feedback_total',
    help: 'Truths that came, by `result`: joined, repeated, waiting for a prediction that is not known, or dropped.',
    labels: ['model', 'result'],
  },
  feedbackDelay: {
    kind: 'histogram',
    name: 'feedback_delay_seconds',
    help: 'Time from a prediction to its truth.',
    labels: ['model'],
    buckets: DELAY_BUCKETS,
  },
  performance: {
    kind: 'gauge',
    name: 'model_performance',
    help: 'Metrics of the latest rows with a truth; `column` and `segment` are empty for all rows.',
    labels: ['model', 'metric', 'column', 'segment'],
  },
  performanceRows: {
    kind: 'gauge',
    name: 'model_performance_rows',
    help: 'Rows with a truth that the metrics are of.',
    labels: ['model', 'column', 'segment'],
  },
  estimate: {
    kind: 'gauge',
    name: 'model_performance_estimate',
    help: 'Metrics of the latest rows as their probabilities promise them, without a truth (CBPE).',
    labels: ['model', 'metric'],
  },
  drift: {
    kind: 'gauge',
    name: 'drift_value',
    help: "A column's drift by the measure that decides; `part` is feature, score, prediction or target.",
    labels: ['model', 'part', 'column', 'measure'],
  },
  isDrifted: {
    kind: 'gauge',
    name: 'drift_detected',
    help: '1 where a column has drifted, else 0.',
    labels: ['model', 'part', 'column'],
  },
  driftShare: {
    kind: 'gauge',
    name: 'drift_ratio',
    help: 'Share of the features that have drifted.',
    labels: ['model'],
  },
  driftRows: { kind: 'gauge', name: 'drift_window_rows', help: 'Rows in the window of the drift.', labels: ['model'] },
  logRecords: {
    kind: 'counter',
    name: 'prediction_log_records_total',
    help: 'Records of the prediction log, by `result`: written, or dropped where it could not keep up or the disk is full.',
    labels: ['result'],
  },
  logPending: {
    kind: 'gauge',
    name: 'prediction_log_pending_records',
    help: 'Records that wait to be written.',
    labels: [],
  },
} as const satisfies Readonly<Record<string, ObservedMetric>>;
