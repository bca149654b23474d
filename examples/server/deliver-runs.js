// Sends what MLflow could not take when it was made: runs and versions that wait in the spool folder.
import { setTimeout as wait } from 'node:timers/promises';
import { syncMlflow } from 'tabwright/mlflow';

const PAUSE_MS = 60_000;

/**
 * Tries once a minute until the signal is aborted.
 * @param {{ uri: string, spool: string }} mlflow
 * @param {{ signal: AbortSignal, logger: import('pino').Logger }} control
 */
export async function deliverRuns(mlflow, { signal, logger }) {
  while (!signal.aborted) {
    try {
      const { delivered, failed } = await syncMlflow({ ...mlflow, retries: 0 });
      if (delivered.length + failed.length > 0) logger.info({ delivered, failed }, 'runs that waited for MLflow');
    } catch (error) {
      logger.warn({ err: error }, 'runs that wait for MLflow cannot be read');
    }
    await wait(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
}
