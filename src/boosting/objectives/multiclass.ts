// Cross entropy of softmax scores, one tree a class and iteration; hessian K / (K - 1) p (1 - p) as in LightGBM.
import { exp } from '../../core/exp.js';
import type { Objective } from './objective.js';

export function multiclassObjective(nClasses: number): Objective {
  const factor = nClasses / (nClasses - 1);
  return {
    name: 'multiclass',
    nScores: nClasses,
    baseScore(target, weights) {
      const sums = new Float64Array(nClasses);
      let total = 0;
      for (let i = 0; i < target.length; i++) {
        const weight = weights === undefined ? 1 : (weights[i] as number);
        sums[target[i] as number] = (sums[target[i] as number] ?? 0) + weight;
        total += weight;
      }
      return sums.map((sum) => Math.log(Math.max(sum / total, 1e-15)));
    },
    gradients({ scores, target, weights }, pairs, from, to) {
      const row = new Float64Array(nClasses);
      for (let i = from; i < to; i++) {
        for (let k = 0; k < nClasses; k++) row[k] = scores[k]?.[i] as number;
        softmax(row);
        const weight = weights === undefined ? 1 : (weights[i] as number);
        for (let k = 0; k < nClasses; k++) {
          const p = row[k] as number;
          const pair = pairs[k] as Float64Array;
          pair[2 * i] = (p - Number(target[i] === k)) * weight;
          pair[2 * i + 1] = factor * p * (1 - p) * weight;
        }
      }
    },
    toOutput: softmax,
  };
}

/** Scores to probabilities, in place, with the largest taken off first. */
export function softmax(scores: Float64Array): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < scores.length; k++) largest = Math.max(largest, scores[k] as number);
  let sum = 0;
  for (let k = 0; k < scores.length; k++) {
    const e = exp((scores[k] as number) - largest);
    scores[k] = e;
    sum += e;
  }
  for (let k = 0; k < scores.length; k++) scores[k] = (scores[k] as number) / sum;
}
