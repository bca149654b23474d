// Fits the coefficients of a linear model under any loss; logistic and linear regression differ by the loss alone.
import type { TimeSlice } from '../core/time-slice.js';
import type { DescentMethod, Minimum } from './descent.js';
import { minimise } from './descent.js';
import { diagonalSolver, hessianSolver, sampledHessianSolver } from './hessian-solver.js';
import { lbfgs } from './lbfgs.js';
import type { LinearObjective, LinearProblem } from './linear-objective.js';
import { linearObjective } from './linear-objective.js';
import { newton } from './newton.js';

/** Coefficients above which factoring the Hessian would hold the event loop up, or take more memory than it saves. */
export const MAX_FACTORED_COLUMNS = 400;

/** How directions are chosen: L-BFGS over the Hessian at the start from a sample or all of the rows, or Newton's. */
export type LinearSolver = 'lbfgs' | 'lbfgs-exact' | 'newton';

/** How to fit. */
export interface LinearFitOptions {
  readonly solver: LinearSolver;
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly onIteration?: ((iteration: number, loss: number) => void) | undefined;
}

/** Fitted numbers of a linear model. */
export interface LinearCoefficients {
  /** Float64Array [nScores * nColumns], one score after another. */
  readonly coefficients: Float64Array;
  /** Float64Array [nScores]; 0 where the model has none. */
  readonly intercepts: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
  /** Weighted mean loss with the penalty. */
  readonly loss: number;
}

/** @throws FIT_FAILED, CANCELLED */
export async function fitLinearModel(problem: LinearProblem, options: LinearFitOptions): Promise<LinearCoefficients> {
  const objective = linearObjective(problem);
  const method = descentMethod(objective, options.solver, problem.slice);
  return unpack(objective, await minimise(objective, objective.start(), method, options));
}

function descentMethod(objective: LinearObjective, solver: LinearSolver, slice: TimeSlice): DescentMethod {
  const { stride } = objective;
  if (stride > MAX_FACTORED_COLUMNS) return lbfgs(() => diagonalSolver(objective, slice));
  if (solver === 'newton') return newton(objective, slice);
  if (solver === 'lbfgs-exact') return lbfgs(() => hessianSolver(objective, slice));
  // A sample of this size finds the correlations that slow descent down and costs no more than a few passes over the rows.
  return lbfgs(() => sampledHessianSolver(objective, slice, Math.max(16_384, 32 * stride)));
}

/** The point as coefficients of the columns as they were given, before they were centred. */
function unpack(objective: LinearObjective, { point, value, iterations, converged }: Minimum): LinearCoefficients {
  const { design, nScores, stride } = objective;
  const { nColumns, shifts } = design;
  const coefficients = new Float64Array(nScores * nColumns);
  const intercepts = new Float64Array(nScores);
  for (let k = 0; k < nScores; k++) {
    let intercept = objective.intercept ? (point[k * stride + nColumns] as number) : 0;
    for (let j = 0; j < nColumns; j++) {
      const coefficient = point[k * stride + j] as number;
      coefficients[k * nColumns + j] = coefficient;
      intercept -= coefficient * (shifts[j] as number);
    }
    intercepts[k] = intercept;
  }
  return { coefficients, intercepts, iterations, converged, loss: value };
}
