// A fitted booster: an ensemble of trees, and what turns raw scores into outputs. Loads nothing of the training engine.

import type { Dialect } from '../boosting/dialects.js';
import { ensembleFromJson, ensembleToJson } from '../boosting/ensemble-json.js';
import { createObjective, OBJECTIVES, type ObjectiveSpec } from '../boosting/objectives/create-objective.js';
import type { Objective } from '../boosting/objectives/objective.js';
import { batchScorer } from '../boosting/scoring/batch-scorer.js';
import { featureImportance } from '../boosting/scoring/feature-importance.js';
import { rowScorer } from '../boosting/scoring/row-scorer.js';
import type { BatchScorer, RowScorer } from '../boosting/scoring/scorer.js';
import type { TreeEnsemble } from '../boosting/scoring/tree-ensemble.js';
import type { FeatureMatrix, ModelFeature } from '../core/feature-matrix.js';
import type { Task } from '../core/feature-spec.js';
import type { JsonObject } from '../core/json.js';
import type { FittedModel, LearningCurve, ModelFiles, ModelReader } from '../core/model.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { checkScoredFeatures, scoreArray } from './check-feature-matrix.js';
import { type ModelHeader, modelJsonFiles, readModelJson } from './model-json.js';
import { outputCount } from './output-count.js';

/** What a booster scores with. */
export interface BoosterParts {
  readonly ensemble: TreeEnsemble;
  readonly objective: ObjectiveSpec;
  /** What fitting found out: rounds, and the metric watched. */
  readonly summary: JsonObject;
  readonly learningCurve?: LearningCurve | undefined;
}

/** A sum of trees behind a link. */
export class FittedGradientBoosting implements FittedModel {
  readonly kind: string;
  readonly task: Task;
  readonly features: readonly ModelFeature[];
  readonly nOutputs: number;
  /** The trees, for explaining and for file formats. */
  readonly ensemble: TreeEnsemble;
  readonly objective: ObjectiveSpec;
  readonly summary: JsonObject;
  readonly learningCurve: LearningCurve | undefined;
  readonly #header: ModelHeader;
  readonly #link: Objective;
  #scoreBatch: BatchScorer | undefined;
  #scoreRow: RowScorer | undefined;

  constructor(header: ModelHeader, { ensemble, objective, summary, learningCurve }: BoosterParts) {
    this.kind = header.kind;
    this.task = header.task;
    this.features = header.features;
    this.nOutputs = ensemble.nOutputs;
    this.ensemble = ensemble;
    this.objective = objective;
    this.summary = summary;
    this.learningCurve = learningCurve;
    this.#header = header;
    this.#link = createObjective(objective);
  }

  predict(features: FeatureMatrix, out?: Float64Array): Float64Array {
    checkScoredFeatures(features, this.features, this.kind);
    const scores = scoreArray(out, features.nRows * this.nOutputs, this.kind);
    this.#scoreBatch ??= batchScorer(this.ensemble);
    this.#scoreBatch(features.columns, features.nRows, scores);
    for (let i = 0; i < scores.length; i += this.nOutputs) this.#link.toOutput(scores.subarray(i, i + this.nOutputs));
    return scores;
  }

  predictRow(values: Float64Array, out: Float64Array): void {
    this.#scoreRow ??= rowScorer(this.ensemble);
    this.#scoreRow(values, out);
    this.#link.toOutput(out);
  }

  toFiles(): ModelFiles {
    const { name, nClasses, alpha, poissonMaxDeltaStep } = this.objective;
    return modelJsonFiles(this.#header, {
      objective: { name, nClasses, alpha, poissonMaxDeltaStep },
      ensemble: ensembleToJson(this.ensemble),
      summary: this.summary,
    });
  }

  /** Total gain of the splits by each feature. */
  importance(): Float64Array {
    return featureImportance(this.ensemble, 'gain');
  }
}

/** Makes the reader of a dialect's models. */
export function gradientBoostingReader(kind: Dialect): ModelReader {
  return (files) => {
    const json = readModelJson(files, kind);
    const objective = objectiveOf(json.object('objective'));
    const nOutputs = outputCount(json.task, json.nClasses);
    if (createObjective(objective).nScores !== nOutputs) throw broken('objective must fit the task');
    const ensemble = ensembleFromJson(json.object('ensemble'), json.features.length, nOutputs);
    return new FittedGradientBoosting(json, { ensemble, objective, summary: json.object('summary') });
  };
}

function objectiveOf({ name, nClasses, alpha, poissonMaxDeltaStep }: JsonObject): ObjectiveSpec {
  const found = OBJECTIVES.find((each) => each === name);
  if (found === undefined) throw broken('objective.name must be a built-in objective');
  if (!isCount(nClasses)) throw broken('objective.nClasses must be an integer in [1, 100000]');
  if (!isFiniteNumber(alpha) || !isFiniteNumber(poissonMaxDeltaStep))
    throw broken('objective must hold finite numbers');
  return { name: found, nClasses, alpha, poissonMaxDeltaStep };
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 100_000;
}

function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function broken(rule: string): TabwrightError {
  return new TabwrightError('BUNDLE_INVALID', `model.json: ${rule}`);
}
