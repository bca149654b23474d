// Performance without a truth, from what the probabilities promise: confidence-based performance estimation (CBPE) as NannyML
// defines it (https://nannyml.readthedocs.io/en/stable/how_it_works/performance_estimation.html).
import type { ScoredRows } from '../../evaluation/scored-rows.js';
import { measurePerformance } from './measure-performance.js';

/** Every row stands once for each class: past this many probabilities, fewer rows are taken. */
const MAX_CELLS = 2_000_000;

/**
 * Each row counts as every class at once, with the class's probability as its weight: so the counts of true and false positives
 * and negatives are their expectations, and metrics are those of the expected counts. Right as far as the probabilities are
 * calibrated on the rows at hand; drift of the relation between features and truth cannot be seen this way.
 * @param predictions of a binary or multiclass task, the latest rows last
 */
export function estimatePerformance(
  { task, nClasses, predictions }: Omit<ScoredRows, 'target' | 'weights'>,
  threshold: number,
): Readonly<Record<string, number>> {
  const nOutputs = task === 'multiclass' ? nClasses : 1;
  const nRows = Math.min(predictions.length / nOutputs, Math.floor(MAX_CELLS / (nClasses * nOutputs)));
  const rows = predictions.subarray(predictions.length - nRows * nOutputs);
  const { calibrationError, ...metrics } = measurePerformance(
    { task, nClasses, ...expanded(rows, nRows, nClasses, nOutputs) },
    threshold,
  );
  return metrics;
}

/** The rows once for each class; their order means nothing to metrics. */
function expanded(
  rows: Float64Array,
  nRows: number,
  nClasses: number,
  nOutputs: number,
): Required<Pick<ScoredRows, 'target' | 'predictions' | 'weights'>> {
  const target = new Float64Array(nRows * nClasses);
  const weights = new Float64Array(nRows * nClasses);
  const predictions = new Float64Array(nRows * nClasses * nOutputs);
  for (let c = 0; c < nClasses; c++) {
    const start = c * nRows;
    target.fill(c, start, start + nRows);
    predictions.set(rows, start * nOutputs);
    for (let row = 0; row < nRows; row++) {
      const probability = nOutputs > 1 ? (rows[row * nOutputs + c] as number) : (rows[row] as number);
      weights[start + row] = nOutputs > 1 || c === 1 ? probability : 1 - probability;
    }
  }
  return { target, predictions, weights: weights as Float64Array };
}
