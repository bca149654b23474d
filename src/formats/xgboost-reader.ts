// XGBoost's JSON and UBJSON models, versions 1.x to 3.x (doc/model.schema of XGBoost).
import { checkTreeEnsemble } from '../boosting/scoring/check-tree-ensemble.js';
import type { Tree } from '../boosting/tree.js';
import type { ModelFeature } from '../core/feature-matrix.js';
import type { JsonFields } from '../transforms/json-fields.js';
import { jsonFields } from '../transforms/json-fields.js';
import { jsonMember as member } from './json-member.js';
import { brokenFile, unsupportedFile } from './model-file-error.js';
import type { TreeModel } from './tree-model.js';
import { xgboostCategories } from './xgboost-categories.js';
import { xgboostBaseScores, xgboostObjective } from './xgboost-objective.js';
import { readXgboostTree } from './xgboost-tree-reader.js';

const FORMAT = 'XGBoost model';
const MAX_FEATURES = 1_000_000;

/** How to read a model. */
export interface XgboostReading {
  /** Of a model that stopped early: the trees up to the best round, as XGBClassifier predicts, or all, as Booster does. */
  readonly rounds: 'best' | 'all';
}

/**
 * Reads a parsed model.
 * @throws BUNDLE_INVALID where its numbers do not fit together
 * @throws MODEL_FILE_UNSUPPORTED for boosters and objectives that cannot be served
 */
export function readXgboost(json: unknown, { rounds }: XgboostReading): TreeModel {
  const booster = boosterOf(member(json, 'learner', 'gradient_booster'));
  const parameters = jsonFields('learner_model_param', member(json, 'learner', 'learner_model_param'));
  const name = jsonFields('objective', member(json, 'learner', 'objective')).text('name');
  const objective = xgboostObjective(name);
  const nFeatures = count(parameters, 'num_feature', 1, MAX_FEATURES);
  const nClasses = count(parameters, 'num_class', 0, 100_000);
  if (member(json, 'learner', 'learner_model_param', 'num_target') !== undefined) {
    if (count(parameters, 'num_target', 1, 1_000_000) > 1) throw unsupportedFile(FORMAT, 'it has several targets');
  }
  const nOutputs = Math.max(1, nClasses);
  if ((objective.task === 'multiclass') !== nOutputs > 1) throw broken('num_class does not fit the objective');
  const trees = orderedTrees(booster, { nFeatures, nOutputs, kept: keptRounds(json, rounds) });
  const stored = member(json, 'learner', 'learner_model_param', 'base_score');
  const ensemble = {
    nFeatures,
    nOutputs,
    baseScore: Float64Array.from(xgboostBaseScores(stored, nOutputs), objective.margin),
    trees,
    inputPrecision: 'float32',
    sumPrecision: 'float32',
  } as const;
  checkTreeEnsemble(ensemble);
  return {
    task: objective.task,
    nClasses: { binary: 2, multiclass: nOutputs, regression: 1 }[objective.task],
    link: objective.link,
    features: features(json, booster.model, nFeatures),
    ensemble,
    zeroMissing: [],
    objective: name,
  };
}

interface Booster {
  readonly model: unknown;
  /** Factor of each tree, of DART. */
  readonly weights?: readonly number[] | undefined;
}

function boosterOf(json: unknown): Booster {
  const fields = jsonFields('gradient_booster', json);
  const name = fields.text('name');
  if (name === 'gbtree') return { model: member(json, 'model') };
  if (name === 'dart') return { model: member(json, 'gbtree', 'model'), weights: fields.numbers('weight_drop') };
  throw unsupportedFile(FORMAT, `booster ${JSON.stringify(name.slice(0, 40))} has no trees`);
}

/** Rounds to keep, where the model stopped early. */
function keptRounds(json: unknown, rounds: XgboostReading['rounds']): number {
  const best = member(json, 'learner', 'attributes', 'best_iteration');
  if (rounds === 'all' || best === undefined) return Number.POSITIVE_INFINITY;
  const found = Number(best);
  if (!Number.isInteger(found) || found < 0) throw broken('best_iteration must be a whole number');
  return found + 1;
}

interface Counts {
  readonly nFeatures: number;
  readonly nOutputs: number;
  readonly kept: number;
}

/** The trees so that tree `t` adds to output `t % nOutputs`; each output's trees stay in their order. */
function orderedTrees(booster: Booster, { nFeatures, nOutputs, kept }: Counts): Tree[] {
  const { weights } = booster;
  const model = jsonFields('gbtree.model', booster.model);
  const all = model.list('trees');
  const info = model.numbers('tree_info');
  if (info.length !== all.length) throw broken('tree_info must have one number a tree');
  if (weights !== undefined && weights.length !== all.length) throw broken('weight_drop must have one number a tree');
  const perRound = treesPerRound(booster.model, nOutputs);
  const nTrees = Math.min(all.length, kept * perRound);
  const byOutput = Array.from({ length: nOutputs }, (): Tree[] => []);
  for (let t = 0; t < nTrees; t++) {
    const output = byOutput[info[t] as number];
    if (output === undefined) throw broken('tree_info must name an output');
    output.push(readXgboostTree(all[t], t, { nFeatures, weight: weights?.[t] ?? 1 }));
  }
  const length = byOutput[0]?.length ?? 0;
  if (byOutput.some((trees) => trees.length !== length)) throw broken('each class must have as many trees');
  return Array.from(
    { length: length * nOutputs },
    (_, t) => byOutput[t % nOutputs]?.[Math.floor(t / nOutputs)] as Tree,
  );
}

function treesPerRound(model: unknown, nOutputs: number): number {
  const parallel = Number(member(model, 'gbtree_model_param', 'num_parallel_tree') ?? 1);
  if (!Number.isInteger(parallel) || parallel < 1 || parallel > 1e6) throw broken('num_parallel_tree must be >= 1');
  return parallel * nOutputs;
}

function features(json: unknown, model: unknown, nFeatures: number): ModelFeature[] {
  const names = member(json, 'learner', 'feature_names');
  const found = Array.isArray(names) && names.length > 0 ? names : Array.from({ length: nFeatures }, (_, i) => `f${i}`);
  if (found.length !== nFeatures || !found.every((name) => typeof name === 'string')) {
    throw broken(`feature_names must have ${nFeatures} names`);
  }
  if (new Set(found).size !== nFeatures) throw broken('feature_names must differ');
  const levels = xgboostCategories(member(model, 'cats'), nFeatures);
  return found.map((name: string, i) => {
    const own = levels[i];
    return own === undefined ? { name, kind: 'numeric' } : { name, kind: 'categorical', levels: own };
  });
}

function count(fields: JsonFields, key: string, min: number, max: number): number {
  const found = Number(fields.scalar(key));
  if (!Number.isInteger(found) || found < min || found > max) throw broken(`${key} must be in [${min}, ${max}]`);
  return found;
}

function broken(rule: string): Error {
  return brokenFile(FORMAT, rule);
}
