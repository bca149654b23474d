// What a model's predictions were worth: the metrics of evaluation over the rows of a window.
import { calibrationCurve } from '../../evaluation/calibration-curve.js';
import { accuracy, classScores, confusionMatrix } from '../../evaluation/confusion-matrix.js';
import { evaluate } from '../../evaluation/evaluate.js';
import { predictedClasses } from '../../evaluation/predicted-classes.js';
import type { ScoredRows } from '../../evaluation/scored-rows.js';

/** Bins of the calibration curve and of the error that sums it up. */
export const CALIBRATION_BINS = 10;

/**
 * Every metric of the task, and for probabilities of one class the expected calibration error (Naeini et al., 2015).
 * @param threshold probability from which on a row counts as positive: for accuracy, precision, recall and F1 of a binary task
 * @returns no metrics where there are no rows; NaN for those that the rows leave undefined
 */
export function measurePerformance(rows: ScoredRows, threshold: number): Readonly<Record<string, number>> {
  if (rows.target.length === 0) return {};
  if (rows.task !== 'binary') return evaluate(rows);
  return { ...evaluate(rows), ...decisions(rows, threshold), calibrationError: calibrationError(rows) };
}

function decisions({ target, predictions, weights }: ScoredRows, threshold: number): Record<string, number> {
  const confusion = confusionMatrix(target, predictedClasses(predictions, 1, threshold), 2, weights);
  const positive = classScores(confusion)[1];
  const noPositive = positive === undefined || positive.support === 0;
  return {
    accuracy: accuracy(confusion),
    precision: positive?.precision ?? Number.NaN,
    recall: noPositive ? Number.NaN : positive.recall,
    f1: noPositive ? Number.NaN : positive.f1,
  };
}

/** Mean distance of predicted from observed shares over bins of equal width, weighted by their rows. */
function calibrationError({ target, predictions, weights }: ScoredRows): number {
  const { predicted, observed, weight } = calibrationCurve(target, predictions, CALIBRATION_BINS, weights);
  let error = 0;
  let total = 0;
  weight.forEach((inBin, bin) => {
    error += inBin * Math.abs((predicted[bin] as number) - (observed[bin] as number));
    total += inBin;
  });
  return error / total;
}
