// A tracker on an MLflow server that loses nothing: a run lies in the spool folder until the server has all of it.
import { isTabwrightError } from '../core/is-tabwright-error.js';
import type { Tracker } from '../core/tracker.js';
import type { MlflowConnectionOptions } from './connection-options.js';
import { keep, undelivered } from './kept-item.js';
import { type MlflowClient, mlflowClient } from './mlflow-client.js';
import { recordingTracker } from './recording-tracker.js';
import type { RunRecord } from './run-record.js';
import { announce, sendRecord } from './send-record.js';
import { DEFAULT_SPOOL } from './spool.js';

/** Options of {@link mlflowTracker}. */
export interface MlflowTrackerOptions extends MlflowConnectionOptions {
  /** Folder for runs that the server does not have yet; `./mlflow-spool` where absent. */
  readonly spool?: string | undefined;
}

/** A model that is ready must not wait minutes for a server that is down. */
const START_RETRIES = 1;
const START_TIMEOUT_MS = 10_000;

/**
 * A tracker on an MLflow server. A run shows when it starts; all it holds is sent when it ends. What cannot be sent
 * stays in the spool folder, and `syncMlflow` sends it later.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @example
 * const trainer = createTrainer({ registry: fileRegistry('./models'), tracker: mlflowTracker() });
 */
export function mlflowTracker({ spool = DEFAULT_SPOOL, ...connection }: MlflowTrackerOptions = {}): Tracker {
  const client = mlflowClient(connection);
  const impatient = mlflowClient({
    ...connection,
    retries: Math.min(connection.retries ?? START_RETRIES, START_RETRIES),
    timeoutMs: Math.min(connection.timeoutMs ?? START_TIMEOUT_MS, START_TIMEOUT_MS),
  });
  return recordingTracker({
    async start(head) {
      try {
        return (await announce(impatient, head)).runId;
      } catch (error) {
        if (isTabwrightError(error) && error.code === 'SOURCE_FAILED') return undefined;
        throw error;
      }
    },
    deliver: (record) => deliver(client, spool, record),
  });
}

async function deliver(client: MlflowClient, spool: string, run: RunRecord): Promise<void> {
  const kept = await keep(spool, { kind: 'run', run });
  try {
    await sendRecord(client, run);
  } catch (cause) {
    throw await undelivered(kept, 'run', cause);
  }
  if (!(kept instanceof Error)) await kept.remove();
}
