// The entry of a worker that profiles; scripts/generate.mjs bundles it to a string. A thin shell: what it calls is tested directly.
import { serveWorker } from '../workers/serve-worker.js';
import type { RowHashes } from './accumulators/row-hashes.js';
import { TaskPerformer } from './perform-task.js';
import type { ProfileTask } from './profile-task.js';

const performer = new TaskPerformer();

serveWorker((task: ProfileTask) => performer.perform(task), movedMemory);

/** Hashes of rows are handed over, not copied. */
function movedMemory(result: unknown): ArrayBuffer[] {
  if (!(result instanceof Object && 'first' in result && 'second' in result)) return [];
  const { first, second } = result as RowHashes;
  return [first.buffer, second.buffer];
}
