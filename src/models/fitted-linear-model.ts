// Fitted logistic and linear regression: coefficients, intercepts and the link of their kind.
import type { FeatureColumn, FeatureMatrix, ModelFeature } from '../core/feature-matrix.js';
import type { Task } from '../core/feature-spec.js';
import type { JsonObject } from '../core/json.js';
import type { FittedModel, ModelFiles, ModelReader } from '../core/model.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { valueKind } from '../core/value-kind.js';
import { checkScoredFeatures, scoreArray } from './check-feature-matrix.js';
import type { LinearWeights } from './linear-scores.js';
import { scoreColumns, scoreValues } from './linear-scores.js';
import type { Link } from './link.js';
import { applyLink } from './link.js';
import type { ModelHeader } from './model-json.js';
import { jsonNumbers, modelJsonFiles, readModelJson } from './model-json.js';
import { outputCount } from './output-count.js';

/** The kinds of linear model, each with the links of its tasks. */
const LINKS = {
  logistic: { binary: 'sigmoid', multiclass: 'softmax' },
  linear: { regression: 'identity' },
} as const satisfies Record<string, Partial<Record<Task, Link>>>;

/** Kinds of {@link FittedLinearModel}. */
export type LinearModelKind = keyof typeof LINKS;

/** What a fitted linear model consists of beside its header. */
export interface LinearModelParts extends LinearWeights {
  /** Standard deviation of each column in training, Float64Array [nFeatures], from which importance is told. */
  readonly deviations: Float64Array;
  /** Mean of each column in training, Float64Array [nFeatures], from which explanations start. */
  readonly means?: Float64Array | undefined;
}

/** Logistic or linear regression that has learned. */
export class FittedLinearModel implements FittedModel {
  readonly kind: LinearModelKind;
  readonly task: Task;
  readonly features: readonly ModelFeature[];
  readonly nOutputs: number;
  readonly summary?: JsonObject;
  /**
   * Change of the score (log-odds, a class's score, or the prediction) with each feature: Float64Array
   * [nOutputs * nFeatures], one output after another.
   */
  readonly coefficients: Float64Array;
  /** Score where every feature is 0, Float64Array [nOutputs]. */
  readonly intercepts: Float64Array;
  /** Mean of each column in training, Float64Array [nFeatures]; undefined where the model is from a file without them. */
  readonly means: Float64Array | undefined;
  readonly #header: ModelHeader;
  readonly #deviations: Float64Array;
  readonly #link: Link;

  constructor(kind: LinearModelKind, header: Omit<ModelHeader, 'kind'>, parts: LinearModelParts, summary?: JsonObject) {
    this.kind = kind;
    this.task = header.task;
    this.features = header.features;
    this.nOutputs = outputCount(header.task, header.nClasses);
    this.coefficients = parts.coefficients;
    this.intercepts = parts.intercepts;
    this.means = parts.means;
    if (summary !== undefined) this.summary = summary;
    this.#header = { ...header, kind };
    this.#deviations = parts.deviations;
    this.#link = linkOf(kind, header.task);
  }

  predict(features: FeatureMatrix, out?: Float64Array): Float64Array {
    checkScoredFeatures(features, this.features, this.kind);
    const scores = scoreArray(out, features.nRows * this.nOutputs, this.kind);
    scoreColumns(this, features.columns, scores);
    if (!allFinite(scores)) this.#checkColumns(features.columns);
    applyLink(this.#link, scores, this.nOutputs);
    return scores;
  }

  predictRow(values: Float64Array, out: Float64Array): void {
    scoreValues(this, values, out);
    if (!allFinite(out)) for (const [j, value] of values.entries()) this.#checkValue(value, j, 0);
    applyLink(this.#link, out, this.nOutputs);
  }

  toFiles(): ModelFiles {
    return modelJsonFiles(this.#header, {
      intercepts: jsonNumbers(this.intercepts),
      coefficients: jsonNumbers(this.coefficients),
      deviations: jsonNumbers(this.#deviations),
      ...(this.means !== undefined && { means: jsonNumbers(this.means) }),
    });
  }

  /** Mean over outputs of the score's change with one standard deviation of each feature. */
  importance(): Float64Array {
    const nFeatures = this.features.length;
    const importance = new Float64Array(nFeatures);
    for (const [at, coefficient] of this.coefficients.entries()) {
      const j = at % nFeatures;
      const change = Math.abs(coefficient) * (this.#deviations[j] as number);
      importance[j] = (importance[j] as number) + change / this.nOutputs;
    }
    return importance;
  }

  #checkColumns(columns: readonly FeatureColumn[]): void {
    for (const [j, column] of columns.entries()) {
      const row = column.findIndex((value) => !Number.isFinite(value));
      if (row >= 0) this.#checkValue(column[row] as number, j, row);
    }
  }

  #checkValue(value: number, j: number, row: number): void {
    if (Number.isFinite(value)) return;
    const rule = `${this.features[j]?.name} must be finite, got ${valueKind(value)} in row ${row}`;
    throw new TabwrightError('VALUE_INVALID', `${this.kind}: ${rule}`);
  }
}

/**
 * The reader of a kind of linear model. `model.json` holds the header, `intercepts` (one an output), `coefficients` (one an
 * output and feature, output by output), `deviations` and `means` (one a feature; older files have no means).
 */
export function linearModelReader(kind: LinearModelKind): ModelReader {
  return (files) => {
    const json = readModelJson(files, kind);
    if (!(json.task in LINKS[kind])) {
      throw new TabwrightError('BUNDLE_INVALID', `model.json: task must be one of ${kind}'s, got ${json.task}`);
    }
    const { task, nClasses, features } = json;
    const nOutputs = outputCount(task, nClasses);
    const parts = {
      intercepts: json.numbers('intercepts', nOutputs),
      coefficients: json.numbers('coefficients', nOutputs * features.length),
      deviations: json.numbers('deviations', features.length),
      ...(json.has('means') && { means: json.numbers('means', features.length) }),
    };
    return new FittedLinearModel(kind, { task, nClasses, features }, parts);
  };
}

function allFinite(scores: Float64Array): boolean {
  for (let i = 0; i < scores.length; i++) if (!Number.isFinite(scores[i])) return false;
  return true;
}

function linkOf(kind: LinearModelKind, task: Task): Link {
  const links: Partial<Record<Task, Link>> = LINKS[kind];
  return links[task] ?? 'identity';
}
