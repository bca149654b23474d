// A predictor of a model that may not be there yet: it answers NOT_READY until a version has loaded, and follows its reference.
import { setTimeout as wait } from 'node:timers/promises';
import { createPredictor, followAlias, isTabwrightError, TabwrightError } from 'tabwright';
import { modelName } from './settings.js';

/**
 * @param {import('tabwright').Registry} registry
 * @param {string} reference name, name@alias or name/version
 * @param {{ intervalMs: number, signal: AbortSignal, logger: import('pino').Logger, metrics: import('tabwright').Metrics }} control
 * @returns {import('tabwright').Predictor & { readonly isLoaded: boolean, readonly tried: Promise<void> }} tried ends when it was
 *   looked for once
 */
export function awaitedPredictor(registry, reference, { intervalMs, signal, logger, metrics }) {
  const name = modelName(reference);
  const nothing = { name, version: 0, createdAt: new Date(0).toISOString(), tags: {}, aliases: [] };
  let predictor;
  let reason = '';

  async function load(wanted = reference) {
    if (predictor !== undefined) return predictor.reload(wanted);
    predictor = await createPredictor({ registry, model: wanted });
    logger.info({ reference: wanted, version: predictor.current.version }, 'model loaded');
    return predictor.current;
  }

  function loaded() {
    if (predictor !== undefined) return predictor;
    throw new TabwrightError('NOT_READY', `no version of ${name} has been loaded yet`);
  }

  /** Looks for the model once; a reason that it is not there is told once. */
  async function look() {
    try {
      await load();
    } catch (error) {
      if (error.message === reason) return;
      reason = error.message;
      const isMissing = isTabwrightError(error) && error.code === 'MODEL_NOT_FOUND';
      if (isMissing) logger.info({ reference }, 'waiting for the model to be registered');
      else logger.error({ reference, err: error }, 'the model cannot be loaded, and is tried again');
    }
  }

  async function follow() {
    await tried;
    while (predictor === undefined && !signal.aborted) {
      await wait(intervalMs, undefined, { signal }).catch(() => undefined);
      await look();
    }
    await followAlias(awaited, { registry, reference, intervalMs, signal, logger, metrics });
  }

  const tried = look();
  const awaited = {
    tried,
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
    explain: (row, options) => loaded().explain(row, options),
    reload: load,
  };
  void follow();
  return awaited;
}
