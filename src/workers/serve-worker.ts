import { parentPort, type TransferListItem } from 'node:worker_threads';
import { isTabwrightError } from '../core/is-tabwright-error.js';
import type { WorkerReply, WorkerRequest } from './worker-messages.js';

/**
 * Answers the main thread's requests in a worker, one at a time; `emit` sends an event before the result. Of a result, the memory
 * that `handOver` lists moves to the main thread rather than being copied.
 */
export function serveWorker<T, R = unknown>(
  perform: (task: T, emit: (event: unknown) => void) => R,
  handOver: (result: R) => readonly TransferListItem[] = () => [],
): void {
  const reply = (message: WorkerReply, moved: readonly TransferListItem[] = []): void =>
    parentPort?.postMessage(message, moved);
  parentPort?.on('message', ({ id, task }: WorkerRequest<T>) => {
    try {
      const value = perform(task, (event) => reply({ id, kind: 'event', value: event }));
      reply({ id, kind: 'result', value }, handOver(value));
    } catch (error) {
      const code = isTabwrightError(error) ? error.code : 'WORKER_FAILED';
      reply({ id, kind: 'error', code, message: error instanceof Error ? error.message : String(error) });
    }
  });
  reply({ id: -1, kind: 'event', value: 'ready' });
}
