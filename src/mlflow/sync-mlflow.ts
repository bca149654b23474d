// Delivers what waits in a spool folder: versions, then the runs that may belong to them.
import { type MlflowClient, mlflowClient } from './mlflow-client.js';
import type { MlflowTrackerOptions } from './mlflow-tracker.js';
import { promoteFirst, storeVersion } from './pending-version.js';
import { sendRecord } from './send-record.js';
import { claimFromSpool, DEFAULT_SPOOL, listSpool } from './spool.js';
import type { SpoolItem } from './spool-item.js';

/** What came of a sync, by the names of the items in the folder. */
export interface MlflowSyncResult {
  /** Delivered, and removed from the folder. */
  readonly delivered: readonly string[];
  /** Not delivered, with the reason; they stay. */
  readonly failed: readonly { readonly item: string; readonly reason: string }[];
  /** Held by a process that lives: it delivers them itself. */
  readonly busy: readonly string[];
}

/**
 * Sends every run and version that waits in a spool folder. What the server has in part is completed, not made twice.
 * @throws OPTION_INVALID, OPTION_UNKNOWN, STORAGE_FAILED
 */
export async function syncMlflow({
  spool = DEFAULT_SPOOL,
  ...connection
}: MlflowTrackerOptions = {}): Promise<MlflowSyncResult> {
  const client = mlflowClient(connection);
  const result = { delivered: [] as string[], failed: [] as { item: string; reason: string }[], busy: [] as string[] };
  for (const item of [...(await listSpool(spool))].reverse()) {
    const held = await claimFromSpool(spool, item);
    if (held === undefined) {
      result.busy.push(item);
      continue;
    }
    try {
      await deliver(client, await held.read());
      await held.remove();
      result.delivered.push(item);
    } catch (error) {
      await held.release();
      result.failed.push({ item, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return result;
}

async function deliver(client: MlflowClient, item: SpoolItem): Promise<void> {
  if (item.kind === 'run') return sendRecord(client, item.run);
  await storeVersion(client, item.version);
  await promoteFirst(client, item.version.name);
}
