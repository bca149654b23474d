// Products of one row block of a design matrix with coefficients and with residuals: the inner loops of fitting linear models.
import type { DenseColumn, DesignMatrix } from './design-matrix.js';
import { BLOCK_ROWS } from './design-matrix.js';

/** Rows of a block: all have BLOCK_ROWS but the last. */
export function blockLength(design: DesignMatrix, block: number): number {
  return Math.min(BLOCK_ROWS, design.nRows - block * BLOCK_ROWS);
}

/**
 * Adds columns times coefficients to the scores of a block's rows.
 * @param coefficients IN Float64Array [nColumns], by feature position
 * @param scores INOUT Float64Array, from the block's first row on
 */
export function addScores(design: DesignMatrix, block: number, coefficients: Float64Array, scores: Float64Array): void {
  const { dense } = design;
  const start = block * BLOCK_ROWS;
  const length = blockLength(design, block);
  let d = 0;
  for (; d + 4 <= dense.length; d += 4) addFourColumns(dense, d, coefficients, start, length, scores);
  for (; d < dense.length; d++) {
    const { position, values } = dense[d] as DenseColumn;
    const w = coefficients[position] as number;
    for (let i = 0; i < length; i++) scores[i] = (scores[i] as number) + w * (values[start + i] as number);
  }
  addSparse(design, block, coefficients, scores);
}

function addFourColumns(
  dense: readonly DenseColumn[],
  d: number,
  coefficients: Float64Array,
  start: number,
  length: number,
  scores: Float64Array,
): void {
  const { position: p0, values: a } = dense[d] as DenseColumn;
  const { position: p1, values: b } = dense[d + 1] as DenseColumn;
  const { position: p2, values: c } = dense[d + 2] as DenseColumn;
  const { position: p3, values: e } = dense[d + 3] as DenseColumn;
  const w0 = coefficients[p0] as number;
  const w1 = coefficients[p1] as number;
  const w2 = coefficients[p2] as number;
  const w3 = coefficients[p3] as number;
  for (let i = 0, row = start; i < length; i++, row++) {
    scores[i] =
      (scores[i] as number) +
      w0 * (a[row] as number) +
      w1 * (b[row] as number) +
      w2 * (c[row] as number) +
      w3 * (e[row] as number);
  }
}

function addSparse(design: DesignMatrix, block: number, coefficients: Float64Array, scores: Float64Array): void {
  const { positions, starts, rows, values } = design.sparse;
  for (let c = 0, first = block * positions.length; c < positions.length; c++) {
    const w = coefficients[positions[c] as number] as number;
    const end = starts[first + c + 1] as number;
    for (let entry = starts[first + c] as number; entry < end; entry++) {
      const row = rows[entry] as number;
      scores[row] = (scores[row] as number) + w * (values[entry] as number);
    }
  }
}

/**
 * Adds each column's product with the residuals of a block's rows to the gradient.
 * @param residuals IN Float64Array, from the block's first row on
 * @param gradient INOUT Float64Array [nColumns]
 */
export function addGradient(
  design: DesignMatrix,
  block: number,
  residuals: Float64Array,
  gradient: Float64Array,
): void {
  const { dense, sparse } = design;
  const start = block * BLOCK_ROWS;
  const length = blockLength(design, block);
  addDenseProducts(dense, dense.length, start, length, residuals, gradient);
  const { positions } = sparse;
  for (let c = 0; c < positions.length; c++) {
    const position = positions[c] as number;
    gradient[position] = (gradient[position] as number) + sparseProduct(design, block, c, residuals);
  }
}

/**
 * Adds the products of the first `count` dense columns with a vector over a block's rows, by feature position.
 * @param vector IN Float64Array [length]
 * @param out INOUT, indexed by feature position
 */
export function addDenseProducts(
  dense: readonly DenseColumn[],
  count: number,
  start: number,
  length: number,
  vector: Float64Array,
  out: Float64Array,
): void {
  let d = 0;
  for (; d + 4 <= count; d += 4) addFourProducts(dense, d, start, length, vector, out);
  for (; d < count; d++) {
    const { position, values } = dense[d] as DenseColumn;
    let sum = 0;
    for (let i = 0; i < length; i++) sum += (vector[i] as number) * (values[start + i] as number);
    out[position] = (out[position] as number) + sum;
  }
}

function addFourProducts(
  dense: readonly DenseColumn[],
  d: number,
  start: number,
  length: number,
  vector: Float64Array,
  out: Float64Array,
): void {
  const { position: p0, values: a } = dense[d] as DenseColumn;
  const { position: p1, values: b } = dense[d + 1] as DenseColumn;
  const { position: p2, values: c } = dense[d + 2] as DenseColumn;
  const { position: p3, values: e } = dense[d + 3] as DenseColumn;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let i = 0, row = start; i < length; i++, row++) {
    const v = vector[i] as number;
    s0 += v * (a[row] as number);
    s1 += v * (b[row] as number);
    s2 += v * (c[row] as number);
    s3 += v * (e[row] as number);
  }
  out[p0] = (out[p0] as number) + s0;
  out[p1] = (out[p1] as number) + s1;
  out[p2] = (out[p2] as number) + s2;
  out[p3] = (out[p3] as number) + s3;
}

/** The product of sparse column `c` with a vector over a block's rows. */
export function sparseProduct(design: DesignMatrix, block: number, c: number, vector: Float64Array): number {
  const { positions, starts, rows, values } = design.sparse;
  const at = block * positions.length + c;
  const end = starts[at + 1] as number;
  let sum = 0;
  for (let entry = starts[at] as number; entry < end; entry++) {
    sum += (vector[rows[entry] as number] as number) * (values[entry] as number);
  }
  return sum;
}
