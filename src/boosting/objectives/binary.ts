// Log loss of a 0 or 1 target, its scores being log odds.
import { sigmoid } from '../../core/exp.js';
import { logisticPair } from './logistic-pair.js';
import type { Objective } from './objective.js';
import { weightedMean } from './weighted-mean.js';

export const binaryObjective: Objective = {
  name: 'binary',
  nScores: 1,
  kernel: 'binaryGradients',
  baseScore(target, weights) {
    const mean = Math.min(Math.max(weightedMean(target, weights), 1e-15), 1 - 1e-15);
    return Float64Array.of(Math.log(mean / (1 - mean)));
  },
  gradients({ scores: [score], target, weights }, [pairs], from, to) {
    if (score === undefined || pairs === undefined) return;
    for (let i = from; i < to; i++) {
      logisticPair(score[i] as number, target[i] as number, weights?.[i] ?? 1, pairs, 2 * i);
    }
  },
  toOutput(scores) {
    scores[0] = sigmoid(scores[0] as number);
  },
};
