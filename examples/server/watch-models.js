// What watches the models: a log of predictions and truths, performance, and drift against the rows that a model was trained on, with
// alerts.
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { filePredictionLog, monitor, readReference, watchDrift } from 'tabwright';

/** A registry that does not answer must not keep the server from starting. */
const PATIENCE_MS = 3000;

/**
 * Begins to watch, where there are models already with what was logged before.
 * @param {import('./settings.js').Settings} settings
 */
export async function watchModels(settings, { predictors, registry, tracker, logger, metrics }) {
  const models = Object.values(predictors);
  await Promise.race([Promise.all(models.map(({ tried }) => tried)), wait(PATIENCE_MS, undefined, { ref: false })]);
  const monitoring = await monitor({
    predictors,
    log: await filePredictionLog(join(settings.TABWRIGHT_DATA, 'predictions'), { logger }),
    metrics,
    tracker,
    logger,
    async referenceOf(served, version) {
      return version === 0 ? undefined : readReference(await registry.read(predictors[served].current.name, version));
    },
  });
  const drift = watchDrift({
    source: monitoring,
    models: Object.keys(predictors),
    url: settings.TABWRIGHT_DRIFT_WEBHOOK_URL,
    secret: settings.TABWRIGHT_DRIFT_WEBHOOK_SECRET,
    onAlert: ({ model, state, columns }) => logger.warn({ model, state, columns }, 'drift'),
    logger,
  });
  return {
    monitoring,
    async close() {
      drift.close();
      await monitoring.close();
    },
  };
}
