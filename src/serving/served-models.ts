// The models of one mounted table, by the name that paths call them.
import { checkModelName } from '../core/model-reference.js';
import type { Predictor } from '../core/predictor.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { rowJsonSchema } from '../schema/row-json-schema.js';
import { predictionSchema } from './prediction-json.js';
import type { ModelSchemas } from './route.js';

/** A model and the name that paths call it. */
export interface ServedModel {
  readonly name: string;
  readonly predictor: Predictor;
}

/** The models of one mounted table. */
export interface ServedModels {
  readonly all: readonly ServedModel[];
  /** Answers where the path names no model; undefined where there are several and none was chosen. */
  readonly fallback: ServedModel | undefined;
  /** The model of a path, or the default one. @throws MODEL_NOT_FOUND */
  find(name: unknown): ServedModel;
}

/**
 * @throws NAME_INVALID for a name that paths cannot hold
 * @throws OPTION_INVALID where the default model is none of them
 */
export function servedModels(
  predictors: Readonly<Record<string, Predictor<never>>>,
  defaultModel: string | undefined,
): ServedModels {
  const byName = new Map<unknown, ServedModel>();
  for (const [name, predictor] of Object.entries(predictors)) {
    checkModelName(name);
    byName.set(name, { name, predictor });
  }
  const all = [...byName.values()];
  const fallback = defaultModel === undefined ? onlyOne(all) : byName.get(defaultModel);
  if (defaultModel !== undefined && fallback === undefined) {
    throw new TabwrightError('OPTION_INVALID', 'serving: defaultModel must be one of the names in predictors');
  }
  return {
    all,
    fallback,
    find(name) {
      const found = name === undefined ? fallback : byName.get(name);
      if (found !== undefined) return found;
      throw new TabwrightError(
        'MODEL_NOT_FOUND',
        name === undefined ? unnamed(all.length) : 'no model of that name is served here',
      );
    },
  };
}

/** Schemas for answers by any of these models. */
export function modelSchemas(models: readonly ServedModel[]): ModelSchemas {
  const each = models.map(({ predictor: { spec } }) => ({
    row: rowJsonSchema(spec),
    prediction: predictionSchema(spec),
  }));
  const [first] = each;
  if (first !== undefined && each.length === 1) return first;
  if (first === undefined) return { row: { type: 'object' }, prediction: { type: 'object' } };
  return {
    row: { anyOf: each.map(({ row }) => row) },
    prediction: { anyOf: each.map(({ prediction }) => prediction) },
  };
}

function onlyOne(all: readonly ServedModel[]): ServedModel | undefined {
  return all.length === 1 ? all[0] : undefined;
}

function unnamed(count: number): string {
  return count === 0 ? 'no model is served here' : `${count} models are served here: name one in the path`;
}
