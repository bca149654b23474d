// The weight of each row in a classifier's loss: its own weight times that of its class.
import type { TrainingData } from '../core/model.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { weightTotal } from './weight-total.js';

/** How classes weigh. */
export interface ClassWeighting {
  readonly balanced: boolean;
  /** Weight by class position. */
  readonly classWeights: Readonly<Record<string, number>>;
}

/**
 * Row weights, Float64Array [nRows]; the training data's own array where classes all weigh 1.
 * @param owner the first word of a message: "logistic"
 * @throws OPTION_INVALID where a weight is for no class
 */
export function classRowWeights(
  train: TrainingData,
  { balanced, classWeights }: ClassWeighting,
  owner: string,
): Float64Array {
  const { target, weights, nClasses } = train;
  const own = weights ?? new Float64Array(target.length).fill(1);
  if (balanced) return weighted(own, target, balancedWeights(own, target, nClasses));
  const given = Object.entries(classWeights);
  if (given.length === 0) return own;
  const perClass = new Float64Array(nClasses).fill(1);
  for (const [position, weight] of given) {
    if (!/^\d+$/.test(position) || Number(position) >= nClasses) {
      const rule = `classWeights must name class positions below ${nClasses}, got ${JSON.stringify(position.slice(0, 40))}`;
      throw new TabwrightError('OPTION_INVALID', `${owner}: ${rule}`);
    }
    perClass[Number(position)] = weight;
  }
  return weighted(own, target, perClass);
}

/** Total weight over (classes with rows * weight of the class), as scikit-learn's `balanced`. */
function balancedWeights(own: Float64Array, target: Float64Array, nClasses: number): Float64Array {
  const sums = new Float64Array(nClasses);
  for (const [row, k] of target.entries()) sums[k] = (sums[k] as number) + (own[row] as number);
  const total = weightTotal(sums);
  const present = sums.filter((sum) => sum > 0).length;
  return sums.map((sum) => (sum > 0 ? total / (present * sum) : 0));
}

function weighted(own: Float64Array, target: Float64Array, perClass: Float64Array): Float64Array {
  return own.map((weight, row) => weight * (perClass[target[row] as number] as number));
}
