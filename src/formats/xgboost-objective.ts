// XGBoost's objectives: what each does to raw scores, and how a stored base score becomes one (regression_obj.cu, multiclass_obj.cu).
import type { Task } from '../core/feature-spec.js';
import { brokenFile, unsupportedFile } from './model-file-error.js';
import type { LinkName, ScoreLink } from './score-link.js';
import { scoreLink } from './score-link.js';

const { fround } = Math;

/** What an objective means for scoring. */
export interface XgboostObjective {
  readonly task: Task;
  readonly link: ScoreLink;
  /** The raw score that a base score stands for, in float32. */
  readonly margin: (baseScore: number) => number;
}

const asIs = (baseScore: number): number => fround(baseScore);
const logit = (p: number): number => fround(-fround(Math.log(fround(fround(1 / fround(p)) - 1))));
const logarithm = (value: number): number => fround(Math.log(fround(value)));

function objective(task: Task, link: LinkName, margin: (baseScore: number) => number): XgboostObjective {
  return { task, link: scoreLink(link, { precision: 'float32' }), margin };
}

const value = objective('regression', 'identity', asIs);
const positive = objective('regression', 'exp', logarithm);

const OBJECTIVES: Readonly<Record<string, XgboostObjective>> = {
  'binary:logistic': objective('binary', 'sigmoid', logit),
  'binary:logitraw': objective('regression', 'identity', asIs),
  'binary:hinge': objective('binary', 'positive', asIs),
  'multi:softprob': objective('multiclass', 'softmax', asIs),
  'multi:softmax': objective('multiclass', 'softmax', asIs),
  'reg:logistic': objective('regression', 'sigmoid', logit),
  'reg:squarederror': value,
  'reg:linear': value,
  'reg:squaredlogerror': value,
  'reg:pseudohubererror': value,
  'reg:absoluteerror': value,
  'reg:quantileerror': value,
  'rank:ndcg': value,
  'rank:map': value,
  'rank:pairwise': value,
  'count:poisson': positive,
  'reg:gamma': positive,
  'reg:tweedie': positive,
  'survival:cox': positive,
  'survival:aft': positive,
};

/** @throws MODEL_FILE_UNSUPPORTED for an objective that cannot be served */
export function xgboostObjective(name: string): XgboostObjective {
  const found = Object.hasOwn(OBJECTIVES, name) ? OBJECTIVES[name] : undefined;
  if (found !== undefined) return found;
  throw unsupportedFile('XGBoost model', `objective ${JSON.stringify(name.slice(0, 40))} cannot be served`);
}

/** The base scores of all forms that XGBoost has written: `5E-1`, `[5E-1]`, `[1E0,2E0]` or a number. @throws BUNDLE_INVALID */
export function xgboostBaseScores(stored: unknown, nOutputs: number): number[] {
  const texts = String(stored).trim().replace(/^\[/, '').replace(/\]$/, '').split(',');
  const scores = texts.map((text) => (text.trim() === '' ? Number.NaN : Number(text)));
  if (!scores.every(Number.isFinite)) throw brokenFile('XGBoost model', 'base_score must be a number or a list');
  if (scores.length === 1) return new Array<number>(nOutputs).fill(scores[0] as number);
  if (scores.length !== nOutputs) throw brokenFile('XGBoost model', `base_score must have ${nOutputs} numbers`);
  return scores;
}
