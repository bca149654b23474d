// Newton directions for a linear model of one score: the Hessian anew at every point.
import type { TimeSlice } from '../core/time-slice.js';
import type { DescentMethod } from './descent.js';
import { hessianSolver } from './hessian-solver.js';
import type { LinearObjective } from './linear-objective.js';

/** Directions to the minimum of the parabola at each point; exact where the model has one score. */
export function newton(objective: LinearObjective, slice: TimeSlice): DescentMethod {
  return {
    async direction(gradient) {
      const solve = await hessianSolver(objective, objective, slice);
      return solve(gradient).map((value) => -value);
    },
    learn() {},
  };
}
