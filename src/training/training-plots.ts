// The plots of a training, from out-of-fold scores and the final model: SVG texts by file name.
import type { FittedModel } from '../core/model.js';
import { calibrationCurve } from '../evaluation/calibration-curve.js';
import { confusionMatrix } from '../evaluation/confusion-matrix.js';
import { prAuc, precisionRecallCurve } from '../evaluation/precision-recall.js';
import { predictedClasses } from '../evaluation/predicted-classes.js';
import { rankedCounts, totals } from '../evaluation/ranked-counts.js';
import { rocAuc, rocCurve } from '../evaluation/roc.js';
import { calibrationPlot } from '../report/calibration-plot.js';
import { confusionPlot } from '../report/confusion-plot.js';
import { importancePlot } from '../report/importance-plot.js';
import { learningPlot } from '../report/learning-plot.js';
import { precisionRecallPlot } from '../report/precision-recall-plot.js';
import { predictedActualPlot } from '../report/predicted-actual-plot.js';
import { residualPlot } from '../report/residual-plot.js';
import { rocPlot } from '../report/roc-plot.js';
import type { OutOfFold } from './cross-validate.js';
import type { PreparedData } from './prepare-data.js';

const CALIBRATION_BINS = 10;
const LABEL = 'Out of fold';

/** Plots for the task: none of the scores where there was no validation, no importances where the model has none. */
export function trainingPlots(
  { spec, nClasses }: PreparedData,
  judged: OutOfFold | undefined,
  model: FittedModel,
): Readonly<Record<string, string>> {
  return { ...(judged === undefined ? {} : scorePlots(judged)), ...importancePlots(model), ...learningPlots(model) };

  function scorePlots(rows: OutOfFold): Record<string, string> {
    if (spec.target.task === 'regression') return regressionPlots(rows);
    const labels = (spec.target.classes ?? []).map(String);
    const confusion = { 'confusion.svg': confusionPlot({ labels, counts: counts(rows, nClasses) }) };
    return spec.target.task === 'binary' ? { ...binaryPlots(rows), ...confusion } : confusion;
  }
}

function regressionPlots({ target, predictions }: OutOfFold): Record<string, string> {
  return {
    'predicted-actual.svg': predictedActualPlot(target, predictions),
    'residuals.svg': residualPlot(target, predictions),
  };
}

function binaryPlots({ target, predictions, weights }: OutOfFold): Record<string, string> {
  const ranked = rankedCounts(target, predictions, weights);
  const { positives, negatives } = totals(ranked);
  const calibration = calibrationCurve(target, predictions, CALIBRATION_BINS, weights);
  const precisionRecall = { label: LABEL, ...precisionRecallCurve(ranked), prAuc: prAuc(ranked) };
  return {
    'roc.svg': rocPlot([{ label: LABEL, ...rocCurve(ranked), auc: rocAuc(ranked) }]),
    'precision-recall.svg': precisionRecallPlot([precisionRecall], positives / (positives + negatives)),
    'calibration.svg': calibrationPlot([{ label: LABEL, ...calibration }]),
  };
}

function counts({ target, predictions, weights }: OutOfFold, nClasses: number): Float64Array {
  const nOutputs = predictions.length / target.length;
  return confusionMatrix(target, predictedClasses(predictions, nOutputs), nClasses, weights).counts;
}

function importancePlots(model: FittedModel): Record<string, string> {
  const importance = model.importance?.();
  if (importance === undefined || importance.length === 0) return {};
  const features = model.features.map(({ name }, position) => ({ name, importance: importance[position] ?? 0 }));
  return { 'importance.svg': importancePlot(features, { measure: 'Importance' }) };
}

function learningPlots({ learningCurve }: FittedModel): Record<string, string> {
  if (learningCurve === undefined) return {};
  const { metric, values, bestRound } = learningCurve;
  const line = { label: 'Held-out rows', x: Float64Array.from(values, (_, i) => i + 1), y: Float64Array.from(values) };
  return { 'learning.svg': learningPlot({ xLabel: 'Round', metric, lines: [line], best: bestRound }) };
}
