// What fitting a linear model minimises: the weighted mean loss of its scores plus an L2 penalty on its coefficients.
import type { TimeSlice } from '../core/time-slice.js';
import { addGradient, addScores, blockLength } from './block-products.js';
import type { DesignMatrix } from './design-matrix.js';
import { BLOCK_ROWS } from './design-matrix.js';
import type { ScoreLoss } from './score-loss.js';

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
  readonly totalWeight: number;
  readonly l2: number;
  /** Float64Array [nRows]: curvature of each row's loss at the point last evaluated. */
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
}

/** Makes the objective; `evaluate` pauses whenever its slice of time is over. */
export function linearObjective({ design, loss, l2, intercept, slice }: LinearProblem): LinearObjective {
  const { nColumns } = design;
  const { nScores, totalWeight } = loss;
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
      gradient[i] = (gradient[i] as number) + l2 * coefficient;
    }
    return (l2 / 2) * squares;
  }

  async function evaluate(point: Float64Array, gradient: Float64Array): Promise<number> {
    const points = slicesOf(point, stride);
    const gradients = slicesOf(gradient.fill(0), stride);
    let sum = 0;
    for (let block = 0; block < design.nBlocks; block++) {
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
    sum += addPenalty(point, gradient);
    for (let i = 0; i < size; i++) gradient[i] = (gradient[i] as number) / totalWeight;
    return sum / totalWeight;
  }

  function start(): Float64Array {
    const point = new Float64Array(size);
    if (intercept) {
      for (let k = 0; k < nScores; k++) point[k * stride + nColumns] = loss.baseScores[k] as number;
    }
    return point;
  }

  return { size, design, nScores, stride, intercept, totalWeight, l2, curvature, evaluate, start };
}

function slicesOf(values: Float64Array, stride: number): Float64Array[] {
  return Array.from({ length: values.length / stride }, (_, k) => values.subarray(k * stride, (k + 1) * stride));
}

function prefixSum(values: Float64Array, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += values[i] as number;
  return sum;
}
