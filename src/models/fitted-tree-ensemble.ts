// Trees that another library trained, read from its file: scored with the precision that its own scores have.
import { ensembleFromJson, ensembleToJson } from '../boosting/ensemble-json.js';
import { batchScorer } from '../boosting/scoring/batch-scorer.js';
import { featureImportance } from '../boosting/scoring/feature-importance.js';
import { rowScorer } from '../boosting/scoring/row-scorer.js';
import type { BatchScorer, RowScorer } from '../boosting/scoring/scorer.js';
import type { TreeEnsemble } from '../boosting/scoring/tree-ensemble.js';
import type { FeatureColumn, FeatureMatrix, ModelFeature } from '../core/feature-matrix.js';
import type { Task } from '../core/feature-spec.js';
import type { JsonObject } from '../core/json.js';
import type { FittedModel, ModelFiles } from '../core/model.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { ScoreLink } from '../formats/score-link.js';
import { applyScoreLink, LINK_NAMES } from '../formats/score-link.js';
import type { TreeModel } from '../formats/tree-model.js';
import { checkScoredFeatures, scoreArray } from './check-feature-matrix.js';
import { modelJsonFiles, readModelJson } from './model-json.js';
import { outputCount } from './output-count.js';

const KIND = 'treeEnsemble';
const PRECISIONS = ['float32', 'float64'] as const;
/** LightGBM's width of zero, a float32 number. */
const ZERO = Math.fround(1e-35);

/** A model of trees in no dialect of this library. */
export class FittedTreeEnsemble implements FittedModel {
  readonly kind = KIND;
  readonly task: Task;
  readonly features: readonly ModelFeature[];
  readonly nOutputs: number;
  /** The trees, for explaining and for file formats. */
  readonly ensemble: TreeEnsemble;
  /** What the file said; writing it out goes from here. */
  readonly source: TreeModel;
  readonly #row: Float64Array;
  #scoreBatch: BatchScorer | undefined;
  #scoreRow: RowScorer | undefined;

  /** @param source trees that have passed `checkTreeEnsemble` */
  constructor(source: TreeModel) {
    this.task = source.task;
    this.features = source.features;
    this.nOutputs = source.ensemble.nOutputs;
    this.ensemble = source.ensemble;
    this.source = source;
    this.#row = new Float64Array(source.features.length);
  }

  predict(features: FeatureMatrix, out?: Float64Array): Float64Array {
    checkScoredFeatures(features, this.features, KIND);
    const scores = scoreArray(out, features.nRows * this.nOutputs, KIND);
    const columns = features.columns.map((column, i) =>
      this.source.zeroMissing.includes(i) ? zerosOut(column) : column,
    );
    this.#scoreBatch ??= batchScorer(this.ensemble);
    this.#scoreBatch(columns, features.nRows, scores);
    for (let i = 0; i < scores.length; i += this.nOutputs) {
      applyScoreLink(this.source.link, scores.subarray(i, i + this.nOutputs));
    }
    return scores;
  }

  predictRow(values: Float64Array, out: Float64Array): void {
    this.#scoreRow ??= rowScorer(this.ensemble);
    this.#scoreRow(this.treeInputs(values), out);
    applyScoreLink(this.source.link, out);
  }

  /** What the trees are asked about for these values [nFeatures]: NaN in place of zeros that mean missing. Used again by the next call. */
  treeInputs(values: Float64Array): Float64Array {
    this.#row.set(values);
    for (const i of this.source.zeroMissing) if (isZero(values[i] as number)) this.#row[i] = Number.NaN;
    return this.#row;
  }

  toFiles(): ModelFiles {
    const { task, nClasses, features, ensemble, link, zeroMissing, objective } = this.source;
    return modelJsonFiles(
      { kind: KIND, task, nClasses, features },
      {
        objective: { name: objective },
        link: { ...link },
        precision: { input: ensemble.inputPrecision, sum: ensemble.sumPrecision },
        zeroMissing: { features: [...zeroMissing] },
        ensemble: ensembleToJson(ensemble),
      },
    );
  }

  /** Total gain of the splits by each feature; 0 for all where the file does not have it. */
  importance(): Float64Array {
    return featureImportance(this.ensemble, 'gain');
  }
}

/**
 * Makes the model from its files.
 * @throws BUNDLE_INVALID
 */
export function readTreeEnsemble(files: ModelFiles): FittedTreeEnsemble {
  const json = readModelJson(files, KIND);
  const { task, nClasses, features } = json;
  const { input, sum } = json.object('precision');
  const read = ensembleFromJson(json.object('ensemble'), features.length, outputCount(task, nClasses));
  const ensemble = { ...read, inputPrecision: precisionOf(input), sumPrecision: precisionOf(sum) };
  return new FittedTreeEnsemble({
    ...{ task, nClasses, features, ensemble },
    link: linkOf(json.object('link')),
    zeroMissing: positions(json.object('zeroMissing').features, features.length),
    objective: String(json.object('objective').name),
  });
}

function linkOf({ name, divisor, slope, precision }: JsonObject): ScoreLink {
  const found = LINK_NAMES.find((each) => each === name);
  if (found === undefined) throw broken(`link.name must be one of ${LINK_NAMES.join(', ')}`);
  const isFactor = (value: unknown): value is number => typeof value === 'number' && value > 0 && value < 1e9;
  if (!isFactor(divisor) || !isFactor(slope)) throw broken('link must hold numbers > 0');
  return { name: found, divisor, slope, precision: precisionOf(precision) };
}

function precisionOf(value: unknown): 'float32' | 'float64' {
  const found = PRECISIONS.find((each) => each === value);
  if (found === undefined) throw broken('a precision must be float32 or float64');
  return found;
}

function positions(value: unknown, nFeatures: number): number[] {
  const fits = (at: unknown): boolean => Number.isInteger(at) && (at as number) >= 0 && (at as number) < nFeatures;
  if (!Array.isArray(value) || !value.every(fits)) throw broken('zeroMissing must hold positions of features');
  return value;
}

function isZero(value: number): boolean {
  return value >= -ZERO && value <= ZERO;
}

function zerosOut(column: FeatureColumn): Float64Array {
  return Float64Array.from(column, (value) => (isZero(value) ? Number.NaN : value));
}

function broken(rule: string): TabwrightError {
  return new TabwrightError('BUNDLE_INVALID', `model.json: ${rule}`);
}
