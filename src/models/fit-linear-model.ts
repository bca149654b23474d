// Fits the coefficients of a linear model under any loss; logistic and linear regression differ by the loss alone.
import type { ProgressListener } from '../core/progress.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { DescentMethod, Minimum, Place } from './descent.js';
import { minimise, placeAt } from './descent.js';
import { diagonalSolver, hessianSolver } from './hessian-solver.js';
import { lbfgs } from './lbfgs.js';
import type { LinearObjective, LinearProblem } from './linear-objective.js';
import { linearObjective } from './linear-objective.js';
import { newton } from './newton.js';

/** Past this many columns, factoring the Hessian would hold the event loop up; its diagonal has to do. */
export const MAX_FACTORED = 300;
// A sample knows the solution about as well as 1 / its rows: reaching it more closely is no use.
const SAMPLE_TOLERANCE = 1e-4;
// A solution that is this much worse on all rows was found on a sample unlike them, such as one without a rare class.
const SAMPLE_TRUST = 1.5;

/**
 * How the minimum is found: by Newton steps (one score, at most MAX_FACTORED columns); by L-BFGS over the Hessian at the start; or by L-BFGS from the minimum over a
 * sample of the rows, if there are many, and over the Hessian of that sample.
 */
export type LinearSolver = 'newton' | 'lbfgs' | 'sampled-lbfgs';

/** How to fit. */
export interface LinearFitOptions {
  readonly solver: LinearSolver;
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly onProgress?: ProgressListener | undefined;
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

/**
 * @throws CANCELLED
 * @throws FIT_FAILED where the loss overflows
 * @throws COLUMN_INVALID where there is nothing to fit: neither columns nor an intercept
 */
export async function fitLinearModel(problem: LinearProblem, options: LinearFitOptions): Promise<LinearCoefficients> {
  const { owner, design } = problem;
  const objective = linearObjective(problem, range(design.nBlocks, 1));
  if (objective.size === 0) {
    throw new TabwrightError('COLUMN_INVALID', `${owner}: there are no features to fit, and no intercept`);
  }
  const { start, sample } = await startingPlace(problem, objective, options);
  if (!Number.isFinite(start.value)) {
    throw new TabwrightError('FIT_FAILED', `${owner}: the loss is not finite; scale the target`);
  }
  const { tolerance, maxIterations, onProgress } = options;
  const minimum = await minimise(objective, start, descentMethod(objective, sample, problem, options), {
    tolerance,
    maxIterations,
    onIteration(completed, loss) {
      onProgress?.({ phase: 'fit', completed, total: maxIterations, metrics: { loss } });
    },
  });
  const { iterations, value: loss } = minimum;
  onProgress?.({ phase: 'fit', completed: iterations, total: iterations, metrics: { loss } });
  return unpack(objective, minimum);
}

interface Start {
  readonly start: Place;
  /** The objective, or one over a sample of its rows: what the Hessian is made of. */
  readonly sample: LinearObjective;
}

/** The minimum over a sample of the rows where the solver takes one and it is like the rest; else intercepts alone. */
async function startingPlace(
  problem: LinearProblem,
  objective: LinearObjective,
  options: LinearFitOptions,
): Promise<Start> {
  const { nRows, nBlocks } = problem.design;
  const apart = options.solver === 'sampled-lbfgs' ? blocksApart(nRows, objective.stride) : 1;
  const sample = apart === 1 ? objective : linearObjective(problem, range(nBlocks, apart));
  if (sample !== objective && sample.blockWeight > 0) {
    const rough = { tolerance: SAMPLE_TOLERANCE, maxIterations: options.maxIterations };
    const method = descentMethod(sample, sample, problem, options);
    const { point, value } = await minimise(sample, await placeAt(sample, sample.start()), method, rough);
    const start = await placeAt(objective, point);
    if (start.value <= SAMPLE_TRUST * value) return { start, sample };
  }
  return { start: await placeAt(objective, objective.start()), sample: objective };
}

function descentMethod(
  objective: LinearObjective,
  sample: LinearObjective,
  { slice }: LinearProblem,
  { solver }: LinearFitOptions,
): DescentMethod {
  if (objective.design.nColumns > MAX_FACTORED) return lbfgs(() => diagonalSolver(objective, slice));
  if (solver === 'newton') return newton(objective, slice);
  return lbfgs(() => hessianSolver(objective, sample, slice));
}

/** How far apart the blocks of a sample are; 1 where a sample is not worth it. */
function blocksApart(nRows: number, stride: number): number {
  const apart = Math.floor(nRows / Math.max(16_384, 32 * stride));
  return apart < 4 ? 1 : apart;
}

function range(end: number, step: number): number[] {
  return Array.from({ length: Math.ceil(end / step) }, (_, i) => i * step);
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
