// Losses of a number: squared, absolute, Huber, quantile, Poisson; formulas as in LightGBM's regression_objective.hpp.
import { exp } from '../../core/exp.js';
import type { Objective } from './objective.js';
import { weightedMean } from './weighted-mean.js';
import { weightedQuantile } from './weighted-quantile.js';

const MOST_SORTED = 100_000;

const asIs = (): void => {};

/** (score - y)^2 / 2 */
export const squaredObjective: Objective = {
  name: 'regression',
  nScores: 1,
  kernel: 'squaredGradients',
  baseScore: (target, weights) => Float64Array.of(weightedMean(target, weights)),
  gradients: eachRow((score, y) => score - y),
  toOutput: asIs,
};

/** |score - y| */
export const absoluteObjective: Objective = {
  name: 'regressionL1',
  nScores: 1,
  leafQuantile: 0.5,
  baseScore: (target, weights) => Float64Array.of(startQuantile(target, weights, 0.5)),
  gradients: eachRow((score, y) => Math.sign(score - y)),
  toOutput: asIs,
};

/** Squared where |score - y| <= alpha, linear beyond. */
export function huberObjective(alpha: number): Objective {
  return {
    name: 'huber',
    nScores: 1,
    baseScore: (target, weights) => Float64Array.of(weightedMean(target, weights)),
    gradients: eachRow((score, y) => Math.min(Math.max(score - y, -alpha), alpha)),
    toOutput: asIs,
  };
}

/** The alpha quantile (pinball loss). */
export function quantileObjective(alpha: number): Objective {
  return {
    name: 'quantile',
    nScores: 1,
    leafQuantile: alpha,
    baseScore: (target, weights) => Float64Array.of(startQuantile(target, weights, alpha)),
    gradients: eachRow((score, y) => (score >= y ? 1 - alpha : -alpha)),
    toOutput: asIs,
  };
}

/** Counts with a log link; `maxDeltaStep` keeps the first steps small. */
export function poissonObjective(maxDeltaStep: number): Objective {
  return {
    name: 'poisson',
    nScores: 1,
    baseScore: (target, weights) => Float64Array.of(Math.log(Math.max(weightedMean(target, weights), 1e-15))),
    gradients: eachRow(
      (score, y) => exp(score) - y,
      (score) => exp(score + maxDeltaStep),
    ),
    toOutput(scores) {
      scores[0] = exp(scores[0] as number);
    },
  };
}

/** A quantile to start from, of at most MOST_SORTED rows at equal distances: sorting more would hold up the calling thread. */
function startQuantile(target: Float64Array, weights: Float64Array | undefined, alpha: number): number {
  const n = Math.min(target.length, MOST_SORTED);
  const rows = Uint32Array.from({ length: n }, (_, i) => Math.floor((i * target.length) / n));
  const pick = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row] as number);
  return weightedQuantile(pick(target), weights && pick(weights), alpha);
}

function eachRow(
  gradient: (score: number, target: number) => number,
  hessian: (score: number) => number = () => 1,
): Objective['gradients'] {
  return ({ scores: [score], target, weights }, [pairs], from, to) => {
    if (score === undefined || pairs === undefined) return;
    for (let i = from; i < to; i++) {
      const at = score[i] as number;
      const weight = weights === undefined ? 1 : (weights[i] as number);
      pairs[2 * i] = gradient(at, target[i] as number) * weight;
      pairs[2 * i + 1] = hessian(at) * weight;
    }
  };
}
