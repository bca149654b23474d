// The built-in kinds of model in one table, for callers that have a kind's name: the command line, HTTP and recipes.
import type { Model } from '../core/model.js';
import { nearestName } from '../core/nearest-name.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { constantKind } from './constant.js';
import { gradientBoostingKinds } from './gradient-boosting.js';
import { linearKind } from './linear.js';
import { logisticKind } from './logistic.js';
import { mlXgboostKind } from './ml-xgboost.js';
import type { ModelKind } from './model-kind.js';

/** Every built-in kind, in the order in which people should be shown them. */
export const modelKinds: readonly ModelKind[] = Object.freeze([
  logisticKind,
  linearKind,
  mlXgboostKind,
  ...gradientBoostingKinds,
  constantKind,
]);

/**
 * Makes a model by the name of its kind.
 * @param kind one of {@link modelKinds}
 * @param params its hyper-parameters, as its factory takes them
 * @throws MODEL_KIND_UNKNOWN with the nearest spelling
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function createModel(kind: string, params: Readonly<Record<string, unknown>> = {}): Model {
  const found = modelKinds.find((each) => each.kind === kind);
  if (found === undefined) throw unknownKind(kind);
  return found.create(params);
}

function unknownKind(kind: string): TabwrightError {
  const known = modelKinds.map((each) => each.kind);
  const nearest = nearestName(kind, known);
  const hint = nearest === undefined ? `the kinds are ${known.join(', ')}` : `did you mean ${nearest}?`;
  const shown = JSON.stringify(kind.slice(0, 60));
  return new TabwrightError('MODEL_KIND_UNKNOWN', `there is no model of kind ${shown}; ${hint}`);
}
