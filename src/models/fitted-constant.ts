// The fitted constant model: the same scores for every row.
import type { FeatureMatrix, ModelFeature } from '../core/feature-matrix.js';
import type { Task } from '../core/feature-spec.js';
import type { FittedModel, ModelFiles } from '../core/model.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { checkScoredFeatures, scoreArray } from './check-feature-matrix.js';
import type { ModelHeader } from './model-json.js';
import { jsonNumbers, modelJsonFiles, readModelJson } from './model-json.js';
import { outputCount } from './output-count.js';

const KIND = 'constant';

/** Gives every row the same scores: class shares, or the mean of the target. */
export class FittedConstant implements FittedModel {
  readonly kind = KIND;
  readonly task: Task;
  readonly features: readonly ModelFeature[];
  readonly nOutputs: number;
  /** The scores, Float64Array [nOutputs]. */
  readonly scores: Float64Array;
  readonly #header: ModelHeader;

  constructor(header: ModelHeader, scores: Float64Array) {
    this.task = header.task;
    this.features = header.features;
    this.nOutputs = scores.length;
    this.scores = scores;
    this.#header = header;
  }

  predict(features: FeatureMatrix, out?: Float64Array): Float64Array {
    checkScoredFeatures(features, this.features, KIND);
    const scores = scoreArray(out, features.nRows * this.nOutputs, KIND);
    for (let i = 0; i < scores.length; i += this.nOutputs) scores.set(this.scores, i);
    return scores;
  }

  predictRow(_values: Float64Array, out: Float64Array): void {
    out.set(this.scores);
  }

  toFiles(): ModelFiles {
    return modelJsonFiles(this.#header, { scores: jsonNumbers(this.scores) });
  }

  importance(): Float64Array {
    return new Float64Array(this.features.length);
  }
}

/**
 * Makes a constant model from its files. `model.json` holds the header and `scores`, one number an output.
 * @throws BUNDLE_INVALID
 */
export function readConstant(files: ModelFiles): FittedConstant {
  const json = readModelJson(files, KIND);
  const scores = json.numbers('scores', outputCount(json.task, json.nClasses));
  if (json.task !== 'regression' && !scores.every((score) => score >= 0 && score <= 1)) {
    throw new TabwrightError('BUNDLE_INVALID', 'model.json: scores must be probabilities in [0, 1]');
  }
  return new FittedConstant(json, scores);
}
