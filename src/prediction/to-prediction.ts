// Model outputs as an answer: label, score and, for several classes, every probability.
import type { Label } from '../core/cell.js';
import type { Target } from '../core/feature-spec.js';
import type { Prediction } from '../core/predictor.js';
import type { ModelVersion } from '../core/registry.js';

/** Makes the prediction of the row whose outputs start at `offset` of `outputs`. */
export type PredictionMaker = (outputs: Float64Array, offset: number) => Prediction;

/** Probability from which on a binary label is the positive class. */
const THRESHOLD = 0.5;

/** Compiles the maker for a target; answers carry the version's name and number. */
export function predictionMaker(target: Target, { name: model, version }: ModelVersion): PredictionMaker {
  const classes = target.classes ?? [];
  switch (target.task) {
    case 'regression':
      return (outputs, offset) => ({ score: outputs[offset] as number, label: null, model, version });
    case 'binary': {
      const [negative = null, positive = null] = classes;
      return (outputs, offset) => {
        const score = outputs[offset] as number;
        return { score, label: score >= THRESHOLD ? positive : negative, model, version };
      };
    }
    case 'multiclass':
      return (outputs, offset) => {
        const best = largest(outputs, offset, classes.length);
        return {
          score: outputs[offset + best] as number,
          label: classes[best] ?? null,
          probabilities: byClass(outputs, offset, classes),
          model,
          version,
        };
      };
  }
}

/** Position of the largest output; the first one in a tie. */
export function largest(outputs: Float64Array, offset: number, nClasses: number): number {
  let best = 0;
  for (let i = 1; i < nClasses; i++) {
    if ((outputs[offset + i] as number) > (outputs[offset + best] as number)) best = i;
  }
  return best;
}

function byClass(outputs: Float64Array, offset: number, classes: readonly Label[]): Record<string, number> {
  return Object.fromEntries(classes.map((label, position) => [String(label), outputs[offset + position] as number]));
}
