// What each feature adds to the scores of a sample of the training rows, as a plot and as numbers.
import { isTabwrightError } from '../core/is-tabwright-error.js';
import type { FittedModel } from '../core/model.js';
import { timeSlice } from '../core/time-slice.js';
import type { EncodedExplainer } from '../explain/encoded-explainer.js';
import { modelExplainer } from '../explain/model-explainer.js';
import { importancePlot } from '../report/importance-plot.js';
import { shapPlot } from '../report/shap-plot.js';
import { takeRows } from '../table/take-rows.js';
import { tableToMatrix } from '../transforms/table-to-matrix.js';
import type { FittedPair } from './fit-rows.js';
import type { PreparedData } from './prepare-data.js';
import type { TrainingPlot } from './training-plots.js';

/** Rows that are explained; the event loop turns between them. */
const SAMPLE_ROWS = 300;
const MEASURE = 'Mean absolute SHAP value';

/**
 * The plot `shap`: a dot a row and feature, or, where there are several outputs, a bar a feature over all of them. None for models
 * that cannot be explained, and for those without features.
 * @throws CANCELLED
 */
export async function shapPlots(
  { pipeline, model }: FittedPair,
  { table, target }: PreparedData,
  signal?: AbortSignal,
): Promise<Record<string, TrainingPlot>> {
  const explainer = explainerOf(model);
  const nFeatures = model.features.length;
  if (explainer === undefined || nFeatures === 0) return {};
  const nRows = Math.min(SAMPLE_ROWS, target.length);
  const rows = Uint32Array.from({ length: nRows }, (_, i) => Math.floor((i * target.length) / nRows));
  const { columns } = tableToMatrix(pipeline, takeRows(table, rows));
  const values = columns.map((column) => Float64Array.from(column));
  const explained = await explainRows(explainer, values, nRows, signal);
  const names = model.features.map(({ name }) => name);
  const sizes = names.map((_, j) => {
    const ofFeature = explained.flatMap((row) => [...row].filter((_, at) => at % nFeatures === j));
    return ofFeature.reduce((sum, value) => sum + Math.abs(value), 0) / ofFeature.length;
  });
  const data = { features: names, meanAbsolute: sizes, baseline: [...explainer.baseline] };
  if (model.nOutputs > 1) {
    const bars = names.map((name, j) => ({ name, importance: sizes[j] as number }));
    return { shap: { svg: importancePlot(bars, { measure: `${MEASURE}, over all classes` }), data } };
  }
  const features = model.features.map(({ name, kind }, j) => ({
    name,
    shap: Float64Array.from(explained, (row) => row[j] as number),
    values: kind === 'numeric' ? values[j] : undefined,
  }));
  const shap = explained.map((row) => [...row]);
  return { shap: { svg: shapPlot(features), data: { ...data, rows: [...rows], shap } } };
}

function explainerOf(model: FittedModel): EncodedExplainer | undefined {
  try {
    return modelExplainer(model);
  } catch (error) {
    if (isTabwrightError(error) && error.code === 'EXPLANATION_UNAVAILABLE') return undefined;
    throw error;
  }
}

/** One array [nOutputs * nFeatures] a row. */
async function explainRows(
  explainer: EncodedExplainer,
  columns: readonly Float64Array[],
  nRows: number,
  signal?: AbortSignal,
): Promise<Float64Array[]> {
  const slice = timeSlice(signal);
  const explained: Float64Array[] = [];
  for (let row = 0; row < nRows; row++) {
    explained.push(explainer.explainRow(Float64Array.from(columns, (column) => column[row] as number)));
    if (slice.due()) await slice.pause();
  }
  return explained;
}
