// Checks that a matrix has the columns it says, and those a fitted model expects, before a kernel reads them.
import type { FeatureMatrix, ModelFeature } from '../core/feature-matrix.js';
import { TabwrightError } from '../core/tabwright-error.js';

/**
 * Checks that there is one column a feature and that each has a number a row.
 * @param owner the first word of a message: "logistic"
 * @throws COLUMN_INVALID
 */
export function checkFeatureMatrix(matrix: FeatureMatrix, owner: string): void {
  const { nRows, features, columns } = matrix;
  if (columns.length !== features.length) {
    throw invalid(owner, `${features.length} features must have as many columns, got ${columns.length}`);
  }
  for (const [index, column] of columns.entries()) {
    if (column.length !== nRows) {
      throw invalid(owner, `${features[index]?.name} must have ${nRows} rows, got ${column.length}`);
    }
  }
}

/**
 * Checks a matrix against the features that a model was fitted on: as many, of the same names, in the same order.
 * @throws COLUMN_INVALID
 */
export function checkScoredFeatures(matrix: FeatureMatrix, expected: readonly ModelFeature[], owner: string): void {
  checkFeatureMatrix(matrix, owner);
  if (matrix.features.length !== expected.length) {
    throw invalid(owner, `it was fitted on ${expected.length} features, got ${matrix.features.length}`);
  }
  for (const [index, feature] of matrix.features.entries()) {
    const { name } = expected[index] as ModelFeature;
    if (feature.name !== name) throw invalid(owner, `feature ${index} must be ${name}, got ${feature.name}`);
  }
}

/**
 * The array that scores go to: the caller's, or a new one.
 * @param length nRows * nOutputs
 * @throws COLUMN_INVALID where the caller's has another length
 */
export function scoreArray(out: Float64Array | undefined, length: number, owner: string): Float64Array {
  if (out === undefined) return new Float64Array(length);
  if (out.length !== length) throw invalid(owner, `out must have ${length} numbers, got ${out.length}`);
  return out;
}

function invalid(owner: string, rule: string): TabwrightError {
  return new TabwrightError('COLUMN_INVALID', `${owner}: ${rule}`);
}
