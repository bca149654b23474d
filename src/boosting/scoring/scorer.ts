// What every way of scoring an ensemble gives: raw scores, with the bits of the plain walk.
import type { FeatureColumn } from '../../core/feature-matrix.js';

/**
 * Writes the raw scores of one row, with no allocation.
 * @param values Float64Array [nFeatures]; NaN is missing, a categorical feature's value is a level position
 * @param out Float64Array [nOutputs]
 */
export type RowScorer = (values: Float64Array, out: Float64Array) => void;

/**
 * Writes the raw scores of many rows, the same bits as one row at a time.
 * @param columns one array [nRows] a feature; NaN is missing
 * @param out Float64Array [nRows * nOutputs], row-major
 */
export type BatchScorer = (columns: readonly FeatureColumn[], nRows: number, out: Float64Array) => void;
