// What fitting a linear model minimises: the weighted mean loss of its scores plus an L2 penalty on its coefficients.
import type { TimeSlice } from '../core/time-slice.js';
import { addGradient, addScores, blockLength } from './block-products.js';
import type { DesignMatrix } from './design-matrix.js';
import { BLOCK_ROWS } from './design-matrix.js';
import type { ScoreLoss } from './score-loss.js';
import { weightTotal } from './weight-total.js';

/** A smooth convex function of a point. */
export interface Objective {
  /** Numbers of a point. */
  readonly size: number;
  /**
   * The value at a point.
   * @param gradient OUT Float64Array [size]
   */
  evaluate(point: Float64Array, gradient: Float64Array): Promise<number>;
}

/**
 * The objective of a linear model. A point is, for each score, the coefficients [nColumns] and then, where there is one,
 * the intercept.
 */
export interface LinearObjective extends Objective {
  readonly design: DesignMatrix;
  readonly nScores: number;
  /** Numbers of a point for each score. */
  readonly stride: number;
  readonly intercept: boolean;
  /** The row blocks it adds up. */
  readonly blocks: readonly number[];
  /** Sum of the weights of their rows. */
  readonly blockWeight: number;
  /** Curvature of the penalty along a coefficient. */
  readonly penalty: number;
  /** Float64Array [nRows]: curvature of the loss at each row of the blocks, at the point last evaluated. */
  readonly curvature: Float64Array;
  /** A point to start from: coefficients of 0 and the best intercepts for them. */
  start(): Float64Array;
}

/** What an objective is made of. */
export interface LinearProblem {
  readonly design: DesignMatrix;
  readonly loss: ScoreLoss;
  /** l2 / 2 times the squared coefficients is added to the sum of the weighted losses; intercepts are free. */
  readonly l2: number;
  readonly intercept: boolean;
  readonly slice: TimeSlice;
  /** The first word of a message: "logistic". */
  readonly owner: string;
}

/**
 * Makes the objective; `evaluate` pauses whenever its slice of time is over.
 * @param blocks the row blocks to add up: all, or a sample, over which the penalty counts for its share
 */
export function linearObjective(problem: LinearProblem, blocks: readonly number[]): LinearObjective {
  const { design, loss, intercept, slice } = problem;
  const { nColumns } = design;
  const { nScores, weights } = loss;
  const blockWeight = blocks.reduce((sum, block) => sum + weightTotal(blockOf(weights, block)), 0);
  const penalty = problem.l2 / weightTotal(weights);
  const stride = nColumns + (intercept ? 1 : 0);
  const size = nScores * stride;
  const curvature = new Float64Array(design.nRows);
  const scores = Array.from({ length: nScores }, () => new Float64Array(BLOCK_ROWS));

  function addPenalty(point: Float64Array, gradient: Float64Array): number {
    let squares = 0;
    for (let i = 0; i < size; i++) {
      if (i % stride === nColumns) continue;
      const coefficient = point[i] as number;
      squares += coefficient * coefficient;
      gradient[i] = (gradient[i] as number) + penalty * coefficient;
    }
    return (penalty / 2) * squares;
  }

  async function evaluate(point: Float64Array, gradient: Float64Array): Promise<number> {
    const points = slicesOf(point, stride);
    const gradients = slicesOf(gradient.fill(0), stride);
    let sum = 0;
    for (const block of blocks) {
      const length = blockLength(design, block);
      for (const [k, coefficients] of points.entries()) {
        const start = intercept ? (coefficients[nColumns] as number) : 0;
        addScores(design, block, coefficients, (scores[k] as Float64Array).fill(start));
        if (slice.due()) await slice.pause();
      }
      sum += loss.block(scores, block * BLOCK_ROWS, length, curvature);
      for (const [k, column] of gradients.entries()) {
        const residuals = scores[k] as Float64Array;
        addGradient(design, block, residuals, column);
        if (intercept) column[nColumns] = (column[nColumns] as number) + prefixSum(residuals, length);
        if (slice.due()) await slice.pause();
      }
    }
    for (let i = 0; i < size; i++) gradient[i] = (gradient[i] as number) / blockWeight;
    return sum / blockWeight + addPenalty(point, gradient);
  }

  function start(): Float64Array {
    const point = new Float64Array(size);
    if (intercept) {
      for (let k = 0; k < nScores; k++) point[k * stride + nColumns] = loss.baseScores[k] as number;
    }
    return point;
  }

  return { size, design, nScores, stride, intercept, blocks, blockWeight, penalty, curvature, evaluate, start };
}

function blockOf(values: Float64Array, block: number): Float64Array {
  return values.subarray(block * BLOCK_ROWS, (block + 1) * BLOCK_ROWS);
}

function slicesOf(values: Float64Array, stride: number): Float64Array[] {
  return Array.from({ length: values.length / stride }, (_, k) => values.subarray(k * stride, (k + 1) * stride));
}

function prefixSum(values: Float64Array, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += values[i] as number;
  return sum;
}
