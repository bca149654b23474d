// Delivers the runs of a spool folder.
import { mlflowClient } from './mlflow-client.js';
import { DEFAULT_SPOOL, type MlflowTrackerOptions } from './mlflow-tracker.js';
import { sendRecord } from './send-record.js';
import { claimFromSpool, listSpool } from './spool.js';

/** What came of a sync, by record. */
export interface MlflowSyncResult {
  /** Delivered, and removed from the folder. */
  readonly delivered: readonly string[];
  /** Not delivered, with the reason; they stay. */
  readonly failed: readonly { readonly record: string; readonly reason: string }[];
  /** Held by a process that lives: it delivers them itself. */
  readonly busy: readonly string[];
}

/**
 * Sends every run that waits in a spool folder. A run that the server has in part is completed, not logged twice.
 * @throws OPTION_INVALID, OPTION_UNKNOWN, STORAGE_FAILED
 */
export async function syncMlflow({
  spool = DEFAULT_SPOOL,
  ...connection
}: MlflowTrackerOptions = {}): Promise<MlflowSyncResult> {
  const client = mlflowClient(connection);
  const result = {
    delivered: [] as string[],
    failed: [] as { record: string; reason: string }[],
    busy: [] as string[],
  };
  for (const record of await listSpool(spool)) {
    const held = await claimFromSpool(spool, record);
    if (held === undefined) {
      result.busy.push(record);
      continue;
    }
    try {
      await sendRecord(client, await held.read());
      await held.remove();
      result.delivered.push(record);
    } catch (error) {
      await held.release();
      result.failed.push({ record, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return result;
}
