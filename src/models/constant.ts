// The model that ignores its features: the score to beat.
import { checkSignal } from '../core/check-signal.js';
import type { Model, TrainingData } from '../core/model.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { checkTrainingData } from './check-training-data.js';
import { FittedConstant } from './fitted-constant.js';
import type { ModelKind } from './model-kind.js';

/** The constant model has no options. */
const constantOptions = optionsTable('constant', {});

/** Predicts the share of each class, or the mean of the target, for every row; weights count. Takes any features. */
export function constant(): Model {
  const shape = { kind: 'constant', input: 'native', tasks: ['binary', 'multiclass', 'regression'] } as const;
  return {
    ...shape,
    params: {},
    async fit(train, { signal } = {}) {
      checkSignal(signal);
      checkTrainingData(train, shape);
      const { task, nClasses } = train;
      const header = { kind: shape.kind, task, nClasses, features: train.features.features };
      return new FittedConstant(header, task === 'multiclass' ? classShares(train) : Float64Array.of(mean(train)));
    },
  };
}

/** The constant model as one of the built-in kinds. */
export const constantKind: ModelKind = {
  kind: 'constant',
  doc: 'The share of each class or the mean of the target, whatever the features: the score to beat.',
  tasks: constant().tasks,
  options: constantOptions,
  create(params) {
    resolveOptions(constantOptions, params);
    return constant();
  },
};

/** Weighted mean of the target; of a binary target, the share of the positive class. */
function mean({ target, weights }: TrainingData): number {
  let sum = 0;
  let total = 0;
  for (const [row, value] of target.entries()) {
    const weight = weights === undefined ? 1 : (weights[row] as number);
    sum += weight * value;
    total += weight;
  }
  return sum / total;
}

function classShares({ target, weights, nClasses }: TrainingData): Float64Array {
  const shares = new Float64Array(nClasses);
  let total = 0;
  for (const [row, position] of target.entries()) {
    const weight = weights === undefined ? 1 : (weights[row] as number);
    shares[position] = (shares[position] as number) + weight;
    total += weight;
  }
  return shares.map((share) => share / total);
}
