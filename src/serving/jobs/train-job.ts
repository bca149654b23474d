// A training as a job. The version carries the job's id, so that a job which was started twice leaves one version.
import { BUNDLE_LAYOUT } from '../../bundle/bundle-layout.js';
import { isTabwrightError } from '../../core/is-tabwright-error.js';
import type { JobHandler } from '../../core/job-queue.js';
import type { JsonObject } from '../../core/json.js';
import type { ModelVersion, Registry } from '../../core/registry.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { Trainer, TrainRequest } from '../../core/trainer.js';
import type { TrainRecipe } from './work-options.js';

/** Tag of a version: the job that trained it. */
export const JOB_TAG = 'tabwright.job';

/** What a training job is given. */
export interface TrainInput extends JsonObject {
  readonly recipe: string;
  readonly params: JsonObject;
  /** Experiment to record the run in; the recipe's where null. */
  readonly experiment: string | null;
}

/** Trains by recipe; the result names the version and has its metrics. */
export function trainJob(trainer: Trainer, recipes: Readonly<Record<string, TrainRecipe>>): JobHandler {
  const { registry } = trainer;
  return async (input, { jobId, signal, onProgress }) => {
    const request = trainRequest(recipes, input as TrainInput);
    const [before] = await versionsOf(registry, request.name, jobId);
    if (before !== undefined) return resultOf(registry, before, []);
    const tags = { ...request.tags, [JOB_TAG]: jobId };
    const { version, warnings } = await trainer.train({ ...request, tags, signal, onProgress });
    return resultOf(registry, await firstOf(registry, version, jobId), warnings);
  };
}

/**
 * What a job is to train.
 * @throws REQUEST_INVALID for a recipe that is not there, and what the recipe throws
 */
export function trainRequest(
  recipes: Readonly<Record<string, TrainRecipe>>,
  { recipe, params, experiment }: TrainInput,
): TrainRequest {
  const make = Object.hasOwn(recipes, recipe) ? recipes[recipe] : undefined;
  if (make === undefined) {
    throw new TabwrightError('REQUEST_INVALID', `recipe must be one of ${Object.keys(recipes).join(', ')}`);
  }
  const request = make(params);
  return experiment === null ? request : { ...request, experiment };
}

async function versionsOf(registry: Registry, name: string, jobId: string): Promise<ModelVersion[]> {
  try {
    return (await registry.versions(name)).filter(({ tags }) => tags[JOB_TAG] === jobId);
  } catch (error) {
    if (isTabwrightError(error) && error.code === 'MODEL_NOT_FOUND') return [];
    throw error;
  }
}

/** The first version of a job; where another attempt was first, the one at hand is deleted unless an alias points at it. */
async function firstOf(registry: Registry, version: ModelVersion, jobId: string): Promise<ModelVersion> {
  const [first = version] = await versionsOf(registry, version.name, jobId);
  if (first.version >= version.version) return version;
  await registry.delete(version.name, version.version).catch((error: unknown) => {
    if (!isTabwrightError(error) || error.code !== 'VERSION_CONFLICT') throw error;
  });
  return first;
}

async function resultOf(
  registry: Registry,
  { name, version }: ModelVersion,
  warnings: readonly string[],
): Promise<JsonObject> {
  const metrics = (await registry.read(name, version)).get(BUNDLE_LAYOUT.metrics);
  return {
    model: name,
    version,
    metrics: metrics === undefined ? {} : JSON.parse(Buffer.from(metrics).toString()),
    warnings: [...warnings],
  };
}
