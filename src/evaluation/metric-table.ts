// Every metric of `evaluate` by name: what it is called, which way is better, and which one sums a task up.
import type { Task } from '../core/feature-spec.js';

/** What is known about a metric. */
export interface MetricEntry {
  /** The name in words, for reports: "Log loss". */
  readonly label: string;
  readonly tasks: readonly Task[];
  readonly greaterIsBetter: boolean;
  /** The formula in words, and when it is NaN. */
  readonly doc: string;
}

const table = {
  auc: {
    label: 'AUC',
    tasks: ['binary'],
    greaterIsBetter: true,
    doc: 'Area under the ROC curve: the chance that a positive row scores above a negative one, ties half. NaN with one class.',
  },
  prAuc: {
    label: 'PR-AUC',
    tasks: ['binary'],
    greaterIsBetter: true,
    doc: 'Average precision: the precision at each score, averaged by the recall it adds. NaN with no positive row.',
  },
  logLoss: {
    label: 'Log loss',
    tasks: ['binary', 'multiclass'],
    greaterIsBetter: false,
    doc: 'Mean of -ln(probability of the true class), probabilities clipped to [2^-52, 1 - 2^-52].',
  },
  brier: {
    label: 'Brier score',
    tasks: ['binary'],
    greaterIsBetter: false,
    doc: 'Mean squared distance of the probability from 0 or 1.',
  },
  accuracy: {
    label: 'Accuracy',
    tasks: ['binary', 'multiclass'],
    greaterIsBetter: true,
    doc: 'Share of rows whose predicted class is the true one.',
  },
  precision: {
    label: 'Precision',
    tasks: ['binary'],
    greaterIsBetter: true,
    doc: 'Share of the rows predicted positive that are; 0 where none is predicted positive.',
  },
  recall: {
    label: 'Recall',
    tasks: ['binary'],
    greaterIsBetter: true,
    doc: 'Share of the positive rows that are predicted positive. NaN with no positive row.',
  },
  f1: {
    label: 'F1',
    tasks: ['binary'],
    greaterIsBetter: true,
    doc: 'Harmonic mean of precision and recall. NaN with no positive row.',
  },
  aucOvr: {
    label: 'AUC, one against the rest',
    tasks: ['multiclass'],
    greaterIsBetter: true,
    doc: 'Mean over the classes that occur of the AUC of that class against all others. NaN with one class.',
  },
  precisionMacro: {
    label: 'Precision, macro',
    tasks: ['multiclass'],
    greaterIsBetter: true,
    doc: 'Mean of the precisions of the classes that occur or are predicted; 0 for one that is never predicted.',
  },
  recallMacro: {
    label: 'Recall, macro',
    tasks: ['multiclass'],
    greaterIsBetter: true,
    doc: 'Mean of the recalls of the classes that occur or are predicted; 0 for one that does not occur.',
  },
  f1Macro: {
    label: 'F1, macro',
    tasks: ['multiclass'],
    greaterIsBetter: true,
    doc: 'Mean of the F1 of the classes that occur or are predicted.',
  },
  f1Weighted: {
    label: 'F1, weighted',
    tasks: ['multiclass'],
    greaterIsBetter: true,
    doc: 'Mean of the F1 of the classes, weighted by their rows.',
  },
  rmse: {
    label: 'RMSE',
    tasks: ['regression'],
    greaterIsBetter: false,
    doc: 'Square root of the mean squared error, in the unit of the target.',
  },
  mae: {
    label: 'MAE',
    tasks: ['regression'],
    greaterIsBetter: false,
    doc: 'Mean absolute error, in the unit of the target.',
  },
  r2: {
    label: 'R²',
    tasks: ['regression'],
    greaterIsBetter: true,
    doc: 'Share of the variance that the predictions explain, 1 - SSE / SST. NaN where the target is constant.',
  },
} as const satisfies Record<string, MetricEntry>;

/** The name of a metric. */
export type MetricName = keyof typeof table;

/** Metrics by name, in the order in which reports list them. */
export const METRICS: Readonly<Record<MetricName, MetricEntry>> = table;

/** The metric that sums up a task, for comparisons and progress lines. */
export const PRIMARY_METRIC: Readonly<Record<Task, MetricName>> = {
  binary: 'auc',
  multiclass: 'logLoss',
  regression: 'rmse',
};
