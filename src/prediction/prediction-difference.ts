import type { Prediction } from '../core/predictor.js';

/** How far two predictions of a row are apart: by their scores, or by the class whose probability differs most. */
export function predictionDifference(a: Prediction, b: Prediction): number {
  if (a.probabilities === undefined || b.probabilities === undefined) return Math.abs(a.score - b.score);
  let largest = 0;
  for (const label of new Set([...Object.keys(a.probabilities), ...Object.keys(b.probabilities)])) {
    largest = Math.max(largest, Math.abs((a.probabilities[label] ?? 0) - (b.probabilities[label] ?? 0)));
  }
  return largest;
}
