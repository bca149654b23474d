// A model trained by the npm package ml-xgboost, scored without it: its trees in float32 arithmetic, bit for bit as the package does.
import type { FeatureColumn, FeatureMatrix, ModelFeature } from '../core/feature-matrix.js';
import type { Task } from '../core/feature-spec.js';
import type { FittedModel, ModelFiles } from '../core/model.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { TreeModel } from '../formats/tree-model.js';
import { checkScoredFeatures, scoreArray } from './check-feature-matrix.js';
import { mlXgboostTrees } from './ml-xgboost-trees.js';
import type { ModelHeader } from './model-json.js';
import { modelJsonFiles, readModelJson, requireFile } from './model-json.js';
import { outputCount } from './output-count.js';
import { packageValue } from './package-value.js';
import type { BinaryXgboost } from './xgboost-binary.js';
import { readXgboostBinary } from './xgboost-binary.js';
import { sigmoid32, softmax32 } from './xgboost-float.js';

const KIND = 'mlXgboost';
const FILE = 'model.bin';

/** XGBoost's name of each task's objective. */
export const XGBOOST_OBJECTIVES: Readonly<Record<Task, string>> = {
  binary: 'binary:logistic',
  multiclass: 'multi:softprob',
  regression: 'reg:linear',
};

/** A boosted tree model of the package, decoded. */
export class FittedMlXgboost implements FittedModel {
  readonly kind = KIND;
  readonly task: Task;
  readonly features: readonly ModelFeature[];
  readonly nOutputs: number;
  readonly #header: ModelHeader;
  readonly #bytes: Uint8Array;
  readonly #trees: BinaryXgboost;
  /** One row as the package would be given it, kept so that scoring allocates nothing. */
  readonly #row: Float64Array;

  /**
   * @param bytes the package's model
   * @throws BUNDLE_INVALID where they are no model for these features and this task
   */
  constructor(header: ModelHeader, bytes: Uint8Array) {
    this.task = header.task;
    this.features = header.features;
    this.nOutputs = outputCount(header.task, header.nClasses);
    this.#header = header;
    this.#bytes = bytes;
    this.#trees = readXgboostBinary(bytes);
    this.#row = new Float64Array(header.features.length);
    const { objective, nFeatures, nGroups } = this.#trees;
    const fits = objective === XGBOOST_OBJECTIVES[header.task] && nGroups === this.nOutputs;
    if (!fits || nFeatures !== header.features.length) {
      throw new TabwrightError('BUNDLE_INVALID', `${FILE} is not of the task and features that model.json says`);
    }
  }

  predict(features: FeatureMatrix, out?: Float64Array): Float64Array {
    checkScoredFeatures(features, this.features, KIND);
    const scores = scoreArray(out, features.nRows * this.nOutputs, KIND);
    for (let row = 0; row < features.nRows; row++) {
      for (let j = 0; j < this.#row.length; j++) {
        const column = features.columns[j] as FeatureColumn;
        this.#row[j] = packageValue(column[row] as number, this.features[j] as ModelFeature, row);
      }
      this.#score(scores, row * this.nOutputs);
    }
    return scores;
  }

  predictRow(values: Float64Array, out: Float64Array): void {
    for (let j = 0; j < this.#row.length; j++) {
      this.#row[j] = packageValue(values[j] as number, this.features[j] as ModelFeature, 0);
    }
    this.#score(out, 0);
  }

  toFiles(): ModelFiles {
    return new Map([...modelJsonFiles(this.#header, {}), [FILE, this.#bytes]]);
  }

  /** The trees, for file formats. */
  trees(): TreeModel {
    return mlXgboostTrees(this.#trees, this.task, this.features);
  }

  /** Total gain of the splits on each feature. */
  importance(): Float64Array {
    const { features, gains } = this.#trees;
    const importance = new Float64Array(this.features.length);
    for (const [node, feature] of features.entries()) {
      if (feature >= 0) importance[feature] = (importance[feature] as number) + Math.max(gains[node] as number, 0);
    }
    return importance;
  }

  #score(out: Float64Array, at: number): void {
    const { roots, groups, baseScore } = this.#trees;
    out.fill(0, at, at + this.nOutputs);
    for (let tree = 0; tree < roots.length; tree++) {
      const to = at + (groups[tree] as number);
      out[to] = Math.fround((out[to] as number) + this.#leaf(roots[tree] as number));
    }
    for (let to = at; to < at + this.nOutputs; to++) out[to] = Math.fround(baseScore + (out[to] as number));
    if (this.task === 'binary') out[at] = sigmoid32(out[at] as number);
    if (this.task === 'multiclass') softmax32(out, at, this.nOutputs);
  }

  /** The value of the leaf that the row ends in. */
  #leaf(root: number): number {
    const { features, values, left, right } = this.#trees;
    let node = root;
    for (let feature = features[node] as number; feature >= 0; feature = features[node] as number) {
      node = ((this.#row[feature] as number) < (values[node] as number) ? left[node] : right[node]) as number;
    }
    return values[node] as number;
  }
}

/**
 * Makes the model from its files: `model.json` with the header and `model.bin`, the model as the package saves it.
 * @throws BUNDLE_INVALID
 */
export function readMlXgboost(files: ModelFiles): FittedMlXgboost {
  const { kind, task, nClasses, features } = readModelJson(files, KIND);
  return new FittedMlXgboost({ kind, task, nClasses, features }, requireFile(files, FILE));
}
