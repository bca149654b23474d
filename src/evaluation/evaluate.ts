// All metrics of a task from a target and a model's predictions: what training, reports and monitoring compare.
import { brier } from './brier.js';
import { checkScored } from './check-scored.js';
import type { ClassScores } from './confusion-matrix.js';
import { accuracy, classScores, confusionMatrix } from './confusion-matrix.js';
import { logLoss } from './log-loss.js';
import { prAuc } from './precision-recall.js';
import { predictedClasses } from './predicted-classes.js';
import { rankedCounts } from './ranked-counts.js';
import { regressionScores } from './regression-scores.js';
import { auc, rocAuc } from './roc.js';
import type { ScoredRows } from './scored-rows.js';

/**
 * Every metric of the task by name; `METRICS` tells what each is. Weights count as repeated rows do. Classes are
 * decided at probability 0.5, or by the largest. A metric that the rows leave undefined, such as the AUC of one class, is NaN.
 * @throws DATA_EMPTY for no rows, TARGET_INVALID for a target that does not fit the task
 * @throws VALUE_INVALID for wrong lengths, predictions that are not finite or no probabilities, and bad weights
 */
export function evaluate(rows: ScoredRows): Readonly<Record<string, number>> {
  checkScored(rows);
  switch (rows.task) {
    case 'binary':
      return binaryMetrics(rows);
    case 'multiclass':
      return multiclassMetrics(rows);
    case 'regression':
      return { ...regressionScores(rows.target, rows.predictions, rows.weights) };
  }
}

function binaryMetrics({ target, predictions, weights }: ScoredRows): Record<string, number> {
  const counts = rankedCounts(target, predictions, weights);
  const confusion = confusionMatrix(target, predictedClasses(predictions, 1), 2, weights);
  const [, positive] = classScores(confusion) as [ClassScores, ClassScores];
  const noPositive = positive.support === 0;
  return {
    auc: rocAuc(counts),
    prAuc: prAuc(counts),
    logLoss: logLoss(target, predictions, weights),
    brier: brier(target, predictions, weights),
    accuracy: accuracy(confusion),
    precision: positive.precision,
    recall: noPositive ? Number.NaN : positive.recall,
    f1: noPositive ? Number.NaN : positive.f1,
  };
}

function multiclassMetrics({ target, predictions, nClasses, weights }: ScoredRows): Record<string, number> {
  const confusion = confusionMatrix(target, predictedClasses(predictions, nClasses), nClasses, weights);
  const scores = classScores(confusion);
  const seen = scores.filter(({ support, predicted }) => support + predicted > 0);
  const meanOf = (name: 'precision' | 'recall' | 'f1'): number => sum(seen, (score) => score[name]) / seen.length;
  return {
    logLoss: logLoss(target, predictions, weights),
    accuracy: accuracy(confusion),
    aucOvr: aucOneVersusRest(target, predictions, nClasses, weights),
    precisionMacro: meanOf('precision'),
    recallMacro: meanOf('recall'),
    f1Macro: meanOf('f1'),
    f1Weighted: sum(scores, ({ f1, support }) => f1 * support) / sum(scores, ({ support }) => support),
  };
}

/** Mean AUC of each class that some rows have and some have not; NaN where there is none. */
function aucOneVersusRest(
  target: Float64Array,
  predictions: Float64Array,
  nClasses: number,
  weights: Float64Array | undefined,
): number {
  const aucs = Array.from({ length: nClasses }, (_, c) =>
    auc(
      target.map((position) => Number(position === c)),
      target.map((_, row) => predictions[row * nClasses + c] as number),
      weights,
    ),
  ).filter((value) => !Number.isNaN(value));
  return sum(aucs, (value) => value) / aucs.length;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
