import type { BoosterParameters } from '../boosting/booster-options.js';
import type { TrainingData } from '../core/model.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { classRowWeights } from './class-row-weights.js';

/**
 * Weights of the rows in the loss, Float64Array [nRows]: their own, times that of their class; undefined where all weigh 1.
 * @throws OPTION_INVALID where class weights are given to a task without classes, or scalePosWeight to one that is not binary
 */
export function boosterRowWeights(
  train: TrainingData,
  { balanced, classWeights, scalePosWeight }: BoosterParameters,
  owner: string,
): Float64Array | undefined {
  const hasClassWeights = balanced || Object.keys(classWeights).length > 0;
  if (train.task === 'regression' && hasClassWeights) throw refused(owner, 'balanced and classWeights need classes');
  if (train.task !== 'binary' && scalePosWeight !== 1) throw refused(owner, 'scalePosWeight needs a binary target');
  if (scalePosWeight !== 1 && hasClassWeights) {
    throw refused(owner, 'scalePosWeight must not be given together with balanced or classWeights');
  }
  if (hasClassWeights) return classRowWeights(train, { balanced, classWeights }, owner);
  if (scalePosWeight !== 1) {
    return classRowWeights(train, { balanced: false, classWeights: { 1: scalePosWeight } }, owner);
  }
  return train.weights;
}

function refused(owner: string, rule: string): TabwrightError {
  return new TabwrightError('OPTION_INVALID', `${owner}: ${rule}`);
}
