// The Hessian of a linear model's objective, inverted: the preconditioner of descent.
import type { TimeSlice } from '../core/time-slice.js';
import { BLOCK_ROWS } from './design-matrix.js';
import type { Preconditioner } from './lbfgs.js';
import type { LinearObjective } from './linear-objective.js';
import { symmetricSolver } from './symmetric-solver.js';
import { weightTotal } from './weight-total.js';
import { weightedGram } from './weighted-gram.js';

/**
 * Inverts the Hessian, each score's block taken alone, at the points where the objectives were evaluated last.
 * @param sample the objective itself, or one over some of its row blocks, whose correlations then stand for all; a sample
 * knows little of mostly-zero columns, so that their diagonal is still taken from all rows
 */
export async function hessianSolver(
  objective: LinearObjective,
  sample: LinearObjective,
  slice: TimeSlice,
): Promise<Preconditioner> {
  const { design, curvature, blocks, blockWeight, stride } = sample;
  const gram = await weightedGram(design, curvature, stride, { blocks, slice });
  const hessian = gram.map((value) => value / blockWeight);
  if (sample !== objective) scaleSparse(hessian, await hessianDiagonal(objective, false, slice), sample);
  addPenalty(hessian, objective);
  const solver = await symmetricSolver(hessian, stride);
  return (vector) => {
    const solution = new Float64Array(vector.length);
    for (let at = 0; at < vector.length; at += stride) {
      solution.set(solver.solve(vector.subarray(at, at + stride)), at);
    }
    return solution;
  };
}

/** Divides by the diagonal of the Hessian, at the point that was evaluated last. */
export async function diagonalSolver(objective: LinearObjective, slice: TimeSlice): Promise<Preconditioner> {
  const { stride, design, penalty } = objective;
  const diagonal = await hessianDiagonal(objective, true, slice);
  const inverse = diagonal.map((value, j) => 1 / (value + (j < design.nColumns ? penalty : 0) || 1));
  return (vector) => vector.map((value, i) => value * (inverse[i % stride] as number));
}

function addPenalty(hessian: Float64Array, { design, stride, penalty }: LinearObjective): void {
  for (let j = 0; j < design.nColumns; j++) hessian[j * (stride + 1)] = (hessian[j * (stride + 1)] as number) + penalty;
}

/** Diagonal of the loss's Hessian over all rows of an objective, Float64Array [stride]; 0 at dense columns left out. */
async function hessianDiagonal(objective: LinearObjective, dense: boolean, slice: TimeSlice): Promise<Float64Array> {
  const { design, curvature, stride, blocks, blockWeight } = objective;
  const diagonal = new Float64Array(stride);
  for (const block of blocks) {
    const start = block * BLOCK_ROWS;
    const h = curvature.subarray(start, start + BLOCK_ROWS);
    for (const { position, values } of dense ? design.dense : []) {
      diagonal[position] = (diagonal[position] as number) + weightedSquares(values, start, h);
    }
    addSparseSquares(objective, block, h, diagonal);
    if (objective.intercept) diagonal[stride - 1] = (diagonal[stride - 1] as number) + weightTotal(h);
    if (slice.due()) await slice.pause();
  }
  return diagonal.map((value) => value / blockWeight);
}

function weightedSquares(values: Float64Array, start: number, h: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < h.length; i++) {
    const value = values[start + i] as number;
    sum += (h[i] as number) * value * value;
  }
  return sum;
}

function addSparseSquares({ design }: LinearObjective, block: number, h: Float64Array, diagonal: Float64Array): void {
  const { positions, starts, rows, values } = design.sparse;
  for (let c = 0, at = block * positions.length; c < positions.length; c++, at++) {
    let sum = 0;
    for (let entry = starts[at] as number; entry < (starts[at + 1] as number); entry++) {
      const value = values[entry] as number;
      sum += (h[rows[entry] as number] as number) * value * value;
    }
    const position = positions[c] as number;
    diagonal[position] = (diagonal[position] as number) + sum;
  }
}

/** Scales the rows and columns of sparse features in a lower triangle, correlations kept, to have this diagonal. */
function scaleSparse(hessian: Float64Array, diagonal: Float64Array, { design, stride }: LinearObjective): void {
  const factors = new Float64Array(stride).fill(1);
  for (const position of design.sparse.positions) {
    const sampled = hessian[position * (stride + 1)] as number;
    factors[position] = sampled > 0 ? Math.sqrt((diagonal[position] as number) / sampled) : 0;
  }
  for (let i = 0; i < stride; i++) {
    for (let j = 0; j <= i; j++) {
      hessian[i * stride + j] = (hessian[i * stride + j] as number) * (factors[i] as number) * (factors[j] as number);
    }
  }
  for (const position of design.sparse.positions) hessian[position * (stride + 1)] = diagonal[position] as number;
}
