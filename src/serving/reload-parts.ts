// Loading what references point at now, for every served part of a registered model.
import { partsOf } from '../core/live-predictor.js';
import type { Predictor } from '../core/predictor.js';
import type { ServedModels } from './served-models.js';
import type { ServingMetrics } from './serving-metrics.js';

/** A part that serves what its reference points at. */
export interface ReloadedPart {
  /** What paths call it. */
  readonly served: string;
  readonly model: string;
  readonly version: number;
}

/**
 * Reloads, one after another, every part whose model has that name in its registry; with a reference, the predictors that answer
 * by it. Where loading fails, the version that serves goes on.
 * @returns those that were reloaded, none where no part is of the model
 * @throws what the first that fails throws
 */
export async function reloadParts(
  models: ServedModels,
  name: string,
  metrics: ServingMetrics,
  reference?: string,
): Promise<readonly ReloadedPart[]> {
  const reloaded: ReloadedPart[] = [];
  for (const { name: served, predictor } of models.all) {
    const parts = reference === undefined ? partsOf(predictor).map((part) => part.predictor) : [predictor];
    for (const part of parts.filter(({ current }) => current.name === name)) {
      const version = await counted(metrics, served, part, reference);
      reloaded.push({ served, model: name, version });
    }
  }
  return reloaded;
}

async function counted(
  metrics: ServingMetrics,
  served: string,
  part: Predictor<never>,
  reference: string | undefined,
): Promise<number> {
  let isLoaded = false;
  try {
    const { version } = await part.reload(reference);
    isLoaded = true;
    return version;
  } finally {
    metrics.reloaded(served, isLoaded);
  }
}
