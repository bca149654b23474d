// What watches the models: a log of predictions and truths, performance, and drift against the rows that a model was trained on.
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { filePredictionLog, monitor, readReference } from 'tabwright';

/** A registry that does not answer must not keep the server from starting. */
const PATIENCE_MS = 3000;

/**
 * Begins to watch, where there are models already with what was logged before.
 * @param {import('./settings.js').Settings} settings
 */
export async function watchModels(settings, { predictors, registry, tracker, logger, metrics }) {
  const models = Object.values(predictors);
  await Promise.race([Promise.all(models.map(({ tried }) => tried)), wait(PATIENCE_MS, undefined, { ref: false })]);
  return monitor({
    predictors,
    log: await filePredictionLog(join(settings.TABWRIGHT_DATA, 'predictions'), { logger }),
    segments: [],
    metrics,
    tracker,
    logger,
    async referenceOf(served, version) {
      return version === 0 ? undefined : readReference(await registry.read(predictors[served].current.name, version));
    },
  });
}
