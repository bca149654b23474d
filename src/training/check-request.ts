// Refuses a training request that could not do what it says, before any data is read.
import { checkModelName, checkTags } from '../core/model-reference.js';
import { nearestName } from '../core/nearest-name.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { TrainRequest } from '../core/trainer.js';

const KEYS: Readonly<Record<keyof TrainRequest, true>> = {
  name: true,
  data: true,
  table: true,
  features: true,
  target: true,
  model: true,
  params: true,
  pipeline: true,
  weights: true,
  validation: true,
  seed: true,
  tags: true,
  lineage: true,
  experiment: true,
  runId: true,
  signal: true,
  onProgress: true,
};

/** @throws NAME_INVALID, OPTION_UNKNOWN with the nearest spelling, OPTION_INVALID */
export function checkRequest(request: TrainRequest): void {
  for (const key of Object.keys(request)) {
    if (Object.hasOwn(KEYS, key)) continue;
    const nearest = nearestName(key, Object.keys(KEYS));
    const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
    throw new TabwrightError('OPTION_UNKNOWN', `train: there is no option ${key}${hint}`);
  }
  checkModelName(request.name);
  checkTags(request.tags ?? {});
  const { seed, model, params } = request;
  if (seed !== undefined && seed !== (seed | 0)) {
    throw new TabwrightError(
      'OPTION_INVALID',
      `train: seed must be a 32-bit integer, got ${String(seed).slice(0, 40)}`,
    );
  }
  if (typeof model !== 'string' && params !== undefined) {
    throw new TabwrightError(
      'OPTION_INVALID',
      'train: params belong to a model named by its kind; this one has its own',
    );
  }
}
