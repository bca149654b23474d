// Metrics that boosting watches while it trains, over raw scores; early stopping picks any of them.
import { exp, sigmoid } from '../core/exp.js';
import type { ObjectiveSpec } from './objectives/create-objective.js';
import { softmax } from './objectives/multiclass.js';
import type { ObjectiveRows } from './objectives/objective.js';

/** A metric over rows [from, to). */
export interface EvalMetric {
  readonly isHigherBetter: boolean;
  evaluate(rows: ObjectiveRows, from: number, to: number, objective: ObjectiveSpec): number;
}

type RowLoss = (score: number, target: number, objective: ObjectiveSpec) => number;

/** Metrics by name. */
export const EVAL_METRICS = {
  logloss: meanOf((score, y) => -Math.log(Math.max(y > 0 ? sigmoid(score) : 1 - sigmoid(score), 1e-15))),
  auc: { isHigherBetter: true, evaluate: areaUnderCurve },
  error: meanOf((score, y) => Number(score > 0 !== y > 0)),
  multiLogloss: classMean((p, y) => -Math.log(Math.max(p[y] ?? 0, 1e-15))),
  multiError: classMean((p, y) => Number(p.some((value, k) => k !== y && value >= (p[y] as number)))),
  rmse: meanOf((score, y) => (score - y) ** 2, Math.sqrt),
  l2: meanOf((score, y) => (score - y) ** 2),
  l1: meanOf((score, y) => Math.abs(score - y)),
  huber: meanOf(huberLoss),
  quantile: meanOf((score, y, { alpha }) => (y >= score ? alpha * (y - score) : (1 - alpha) * (score - y))),
  poisson: meanOf((score, y) => exp(score) - y * score),
} as const satisfies Record<string, EvalMetric>;

export type EvalMetricName = keyof typeof EVAL_METRICS;

/** The metric an objective is watched by where none is named. */
export const DEFAULT_METRIC: Readonly<Record<ObjectiveSpec['name'], EvalMetricName>> = {
  binary: 'logloss',
  multiclass: 'multiLogloss',
  regression: 'rmse',
  regressionL1: 'l1',
  huber: 'huber',
  quantile: 'quantile',
  poisson: 'poisson',
  custom: 'rmse',
};

function huberLoss(score: number, y: number, { alpha }: ObjectiveSpec): number {
  const difference = Math.abs(score - y);
  return difference <= alpha ? difference ** 2 / 2 : alpha * (difference - alpha / 2);
}

function meanOf(loss: RowLoss, of: (mean: number) => number = (mean) => mean): EvalMetric {
  return {
    isHigherBetter: false,
    evaluate({ scores: [score], target, weights }, from, to, objective) {
      let sum = 0;
      let total = 0;
      for (let i = from; i < to; i++) {
        const weight = weights === undefined ? 1 : (weights[i] as number);
        sum += weight * loss(score?.[i] as number, target[i] as number, objective);
        total += weight;
      }
      return of(sum / total);
    },
  };
}

function classMean(loss: (probabilities: Float64Array, target: number) => number): EvalMetric {
  return {
    isHigherBetter: false,
    evaluate({ scores, target, weights }, from, to) {
      const row = new Float64Array(scores.length);
      let sum = 0;
      let total = 0;
      for (let i = from; i < to; i++) {
        for (let k = 0; k < row.length; k++) row[k] = scores[k]?.[i] as number;
        softmax(row);
        const weight = weights === undefined ? 1 : (weights[i] as number);
        sum += weight * loss(row, target[i] as number);
        total += weight;
      }
      return sum / total;
    },
  };
}

/** Probability that a positive row scores above a negative one, ties counting half. */
function areaUnderCurve({ scores: [score], target, weights }: ObjectiveRows, from: number, to: number): number {
  if (score === undefined) return Number.NaN;
  const rows = Uint32Array.from({ length: to - from }, (_, i) => from + i);
  rows.sort((a, b) => (score[a] as number) - (score[b] as number));
  let negatives = 0;
  let positives = 0;
  let area = 0;
  for (let i = 0; i < rows.length; ) {
    const value = score[rows[i] as number];
    let tiedNegatives = 0;
    let tiedPositives = 0;
    for (; i < rows.length && score[rows[i] as number] === value; i++) {
      const weight = weights === undefined ? 1 : (weights[rows[i] as number] as number);
      if ((target[rows[i] as number] as number) > 0) tiedPositives += weight;
      else tiedNegatives += weight;
    }
    area += tiedPositives * (negatives + tiedNegatives / 2);
    negatives += tiedNegatives;
    positives += tiedPositives;
  }
  return area / (negatives * positives);
}
