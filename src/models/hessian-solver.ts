// The Hessian of a linear model's objective, exact or estimated from some row blocks, as a preconditioner for descent.
import type { TimeSlice } from '../core/time-slice.js';
import type { DenseColumn } from './design-matrix.js';
import { BLOCK_ROWS } from './design-matrix.js';
import type { Preconditioner } from './lbfgs.js';
import type { LinearObjective } from './linear-objective.js';
import { symmetricSolver } from './symmetric-solver.js';
import { weightedGram } from './weighted-gram.js';

/** Inverts the Hessian, with every score's block taken alone, at the point that was evaluated last. */
export async function hessianSolver(objective: LinearObjective, slice: TimeSlice): Promise<Preconditioner> {
  const { design, curvature, stride } = objective;
  const gram = await weightedGram(design, curvature, stride, { blocks: range(design.nBlocks, 1), slice });
  return invert(objective, gram);
}

/**
 * As {@link hessianSolver}, with the diagonal from all rows and the correlations from about `sampleRows` of them, in blocks
 * evenly apart.
 */
export async function sampledHessianSolver(
  objective: LinearObjective,
  slice: TimeSlice,
  sampleRows: number,
): Promise<Preconditioner> {
  const { design, curvature, stride } = objective;
  const apart = Math.max(1, Math.floor(design.nRows / sampleRows));
  const gram = await weightedGram(design, curvature, stride, { blocks: range(design.nBlocks, apart), slice });
  if (apart > 1) scaleToDiagonal(gram, await hessianDiagonal(objective, slice));
  return invert(objective, gram);
}

/** Divides by the diagonal of the Hessian, at the point that was evaluated last. */
export async function diagonalSolver(objective: LinearObjective, slice: TimeSlice): Promise<Preconditioner> {
  const { stride, design, l2, totalWeight } = objective;
  const diagonal = await hessianDiagonal(objective, slice);
  const inverse = diagonal.map((value, j) => totalWeight / (value + (j < design.nColumns ? l2 : 0) || totalWeight));
  return (vector) => vector.map((value, i) => value * (inverse[i % stride] as number));
}

async function invert(objective: LinearObjective, gram: Float64Array): Promise<Preconditioner> {
  const { stride, design, l2, totalWeight } = objective;
  for (let j = 0; j < design.nColumns; j++) gram[j * stride + j] = (gram[j * stride + j] as number) + l2;
  const hessian = gram.map((value) => value / totalWeight);
  const solver = await symmetricSolver(hessian, stride);
  return (vector) => {
    const solution = new Float64Array(vector.length);
    for (let at = 0; at < vector.length; at += stride) {
      solution.set(solver.solve(vector.subarray(at, at + stride)), at);
    }
    return solution;
  };
}

/** Diagonal of X' diag(h) X over all rows, Float64Array [stride]. */
async function hessianDiagonal(objective: LinearObjective, slice: TimeSlice): Promise<Float64Array> {
  const { design, curvature, stride } = objective;
  const diagonal = new Float64Array(stride);
  for (const { position, values } of design.dense) {
    diagonal[position] = weightedSquares({ position, values }, curvature);
    if (slice.due()) await slice.pause();
  }
  const { positions, starts, rows, values } = design.sparse;
  for (let block = 0, at = 0; block < design.nBlocks; block++) {
    for (const position of positions) {
      let sum = 0;
      for (let entry = starts[at] as number; entry < (starts[at + 1] as number); entry++) {
        const value = values[entry] as number;
        sum += (curvature[block * BLOCK_ROWS + (rows[entry] as number)] as number) * value * value;
      }
      diagonal[position] = (diagonal[position] as number) + sum;
      at++;
    }
    if (slice.due()) await slice.pause();
  }
  if (objective.intercept) diagonal[stride - 1] = curvature.reduce((sum, value) => sum + value, 0);
  return diagonal;
}

function weightedSquares({ values }: DenseColumn, weights: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    sum += (weights[row] as number) * value * value;
  }
  return sum;
}

/** Scales the lower triangle of a Gram matrix, its correlations kept, to have this diagonal. */
function scaleToDiagonal(gram: Float64Array, diagonal: Float64Array): void {
  const size = diagonal.length;
  const factors = diagonal.map((value, j) => {
    const sampled = gram[j * size + j] as number;
    return sampled > 0 ? Math.sqrt(value / sampled) : 0;
  });
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      gram[i * size + j] = (gram[i * size + j] as number) * (factors[i] as number) * (factors[j] as number);
    }
    gram[i * size + i] = diagonal[i] as number;
  }
}

function range(end: number, step: number): number[] {
  return Array.from({ length: Math.ceil(end / step) }, (_, i) => i * step);
}
