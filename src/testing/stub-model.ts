// A model for tests: it learns nothing and answers at once.
import type { FeatureMatrix, ModelFeature } from '../core/feature-matrix.js';
import type { FittedModel, Model, ModelFiles, TrainingData } from '../core/model.js';
import { TabwrightError } from '../core/tabwright-error.js';

const KIND = 'stub';
const FILE = 'stub.json';

/**
 * A model of kind `stub` that gives every row the same scores.
 * @param score the probability of the positive class or the predicted value; of several classes, the first one's
 */
export function stubModel(score = 0.5): Model {
  return {
    kind: KIND,
    params: { score },
    input: 'native',
    tasks: ['binary', 'multiclass', 'regression'],
    async fit(train) {
      return fitted(train.task, train.features.features, stubScores(train, score));
    },
  };
}

/** Makes a fitted stub from its files. @throws BUNDLE_INVALID */
export function readStubModel(files: ModelFiles): FittedModel {
  const bytes = files.get(FILE);
  if (bytes === undefined) throw new TabwrightError('BUNDLE_INVALID', `the model has no file ${FILE}`);
  const { task, features, scores } = JSON.parse(new TextDecoder().decode(bytes));
  return fitted(task, features, scores);
}

function stubScores({ task, nClasses }: TrainingData, score: number): readonly number[] {
  if (task !== 'multiclass') return [score];
  return Array.from({ length: nClasses }, (_, k) => (k === 0 ? score : (1 - score) / (nClasses - 1)));
}

function fitted(task: TrainingData['task'], features: readonly ModelFeature[], scores: readonly number[]): FittedModel {
  return {
    kind: KIND,
    task,
    features,
    nOutputs: scores.length,
    predict({ nRows }: FeatureMatrix, out = new Float64Array(nRows * scores.length)) {
      for (let i = 0; i < out.length; i += scores.length) out.set(scores, i);
      return out;
    },
    predictRow: (_values, out) => out.set(scores),
    toFiles: () => new Map([[FILE, new TextEncoder().encode(JSON.stringify({ task, features, scores }))]]),
  };
}
