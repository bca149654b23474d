// Half the squared error of a numeric target.
import type { ScoreLoss } from './score-loss.js';
import { weightTotal } from './weight-total.js';

/**
 * Half the squared difference of score and target; its derivative is the difference and its curvature 1.
 * @param target Float64Array [nRows]
 * @param weights Float64Array [nRows]
 */
export function squaredLoss(target: Float64Array, weights: Float64Array): ScoreLoss {
  let sum = 0;
  for (let row = 0; row < target.length; row++) sum += (target[row] as number) * (weights[row] as number);
  return {
    nScores: 1,
    weights,
    baseScores: Float64Array.of(sum / weightTotal(weights)),
    block([scores], start, length, curvature) {
      const z = scores as Float64Array;
      let squares = 0;
      for (let i = 0, row = start; i < length; i++, row++) {
        const weight = weights[row] as number;
        const distance = (z[i] as number) - (target[row] as number);
        squares += weight * distance * distance;
        z[i] = weight * distance;
        curvature[row] = weight;
      }
      return squares / 2;
    },
  };
}
