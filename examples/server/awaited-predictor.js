// A predictor of a model that may not be there yet: it follows its reference, and answers NOT_READY until a version has loaded.
import { createPredictor, isTabwrightError, TabwrightError } from 'tabwright';
import { watchAlias } from 'tabwright/mlflow';
import { modelName } from './settings.js';

/**
 * @param {import('tabwright').Registry} registry
 * @param {string} reference name, name@alias or name/version
 * @param {{ intervalMs: number, signal: AbortSignal, logger: import('pino').Logger }} control
 * @returns {import('tabwright').Predictor & { readonly isLoaded: boolean }}
 */
export function awaitedPredictor(registry, reference, { intervalMs, signal, logger }) {
  const name = modelName(reference);
  const nothing = { name, version: 0, createdAt: new Date(0).toISOString(), tags: {}, aliases: [] };
  let predictor;

  async function load(wanted) {
    if (predictor === undefined) predictor = await createPredictor({ registry, model: wanted ?? reference });
    else await predictor.reload(wanted);
    const { version } = predictor.current;
    logger.info({ model: name, version }, 'model loaded');
    return predictor.current;
  }

  function loaded() {
    if (predictor !== undefined) return predictor;
    throw new TabwrightError('NOT_READY', `no version of ${name} has been loaded yet`);
  }

  function report(error) {
    if (isTabwrightError(error) && error.code === 'MODEL_NOT_FOUND') logger.debug({ model: name }, error.message);
    else logger.error({ model: name, err: error }, 'model not loaded; what served before goes on');
  }

  // No version is known yet, so the first that is found counts as a change.
  void watchAlias(registry, reference, { intervalMs, signal, onChange: () => load(), onError: report }, 0);

  return {
    get isLoaded() {
      return predictor !== undefined;
    },
    get current() {
      return predictor?.current ?? nothing;
    },
    get spec() {
      return predictor?.spec ?? { fields: [] };
    },
    predictOne: (row) => loaded().predictOne(row),
    predictBatch: (rows) => loaded().predictBatch(rows),
    predictTable: (table) => loaded().predictTable(table),
    reload: load,
  };
}
