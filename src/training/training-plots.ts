// The plots of a training, from out-of-fold scores and the final model: each as SVG and as the numbers it shows.
import type { Json, JsonObject } from '../core/json.js';
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
/** Points kept of a curve's numbers: a screen shows no more. */
const MAX_POINTS = 1000;

/** A plot. */
export interface TrainingPlot {
  readonly svg: string;
  /** Its numbers by name; long curves are thinned. */
  readonly data: JsonObject;
}

/**
 * Plots by name for the task: none of the scores where there was no validation, no importances where the model has
 * none.
 */
export function trainingPlots(
  { spec, nClasses }: PreparedData,
  judged: OutOfFold | undefined,
  model: FittedModel,
): Readonly<Record<string, TrainingPlot>> {
  return { ...(judged === undefined ? {} : scorePlots(judged)), ...importancePlots(model), ...learningPlots(model) };

  function scorePlots(rows: OutOfFold): Record<string, TrainingPlot> {
    if (spec.target.task === 'regression') return regressionPlots(rows);
    const labels = (spec.target.classes ?? []).map(String);
    const matrix = counts(rows, nClasses);
    const confusion = { svg: confusionPlot({ labels, counts: matrix }), data: { labels, counts: [...matrix] } };
    return spec.target.task === 'binary' ? { ...binaryPlots(rows), confusion } : { confusion };
  }
}

function regressionPlots({ target, predictions }: OutOfFold): Record<string, TrainingPlot> {
  const data = curveData({ target, predictions });
  return {
    'predicted-actual': { svg: predictedActualPlot(target, predictions), data },
    residuals: { svg: residualPlot(target, predictions), data },
  };
}

function binaryPlots({ target, predictions, weights }: OutOfFold): Record<string, TrainingPlot> {
  const ranked = rankedCounts(target, predictions, weights);
  const { positives, negatives } = totals(ranked);
  const calibration = calibrationCurve(target, predictions, CALIBRATION_BINS, weights);
  const precisionRecall = precisionRecallCurve(ranked);
  const roc = rocCurve(ranked);
  const line = { label: LABEL, ...precisionRecall, prAuc: prAuc(ranked) };
  return {
    roc: { svg: rocPlot([{ label: LABEL, ...roc, auc: rocAuc(ranked) }]), data: curveData({ ...roc }) },
    'precision-recall': {
      svg: precisionRecallPlot([line], positives / (positives + negatives)),
      data: curveData({ ...precisionRecall }),
    },
    calibration: { svg: calibrationPlot([{ label: LABEL, ...calibration }]), data: curveData({ ...calibration }) },
  };
}

function counts({ target, predictions, weights }: OutOfFold, nClasses: number): Float64Array {
  const nOutputs = predictions.length / target.length;
  return confusionMatrix(target, predictedClasses(predictions, nOutputs), nClasses, weights).counts;
}

function importancePlots(model: FittedModel): Record<string, TrainingPlot> {
  const importance = model.importance?.();
  if (importance === undefined || importance.length === 0) return {};
  const features = model.features.map(({ name }, position) => ({ name, importance: importance[position] ?? 0 }));
  const data = { features: features.map(({ name }) => name), importance: [...importance] };
  return { importance: { svg: importancePlot(features, { measure: 'Importance' }), data } };
}

function learningPlots({ learningCurve }: FittedModel): Record<string, TrainingPlot> {
  if (learningCurve === undefined) return {};
  const { metric, values, bestRound } = learningCurve;
  const line = { label: 'Held-out rows', x: Float64Array.from(values, (_, i) => i + 1), y: Float64Array.from(values) };
  const svg = learningPlot({ xLabel: 'Round', metric, lines: [line], best: bestRound });
  return { learning: { svg, data: { metric, values: [...values], bestRound } } };
}

/**
 * Arrays of equal length as lists, evenly thinned with both ends kept; JSON has no infinity, so the first threshold
 * is null.
 */
function curveData(arrays: Readonly<Record<string, Float64Array>>): JsonObject {
  const entries = Object.entries(arrays).map(([name, values]): [string, Json] => {
    const nPoints = Math.min(values.length, MAX_POINTS);
    const step = nPoints < 2 ? 0 : (values.length - 1) / (nPoints - 1);
    const points = Array.from({ length: nPoints }, (_, i) => values[Math.round(i * step)] as number);
    return [name, points.map((value) => (Number.isFinite(value) ? value : null))];
  });
  return Object.fromEntries(entries);
}
