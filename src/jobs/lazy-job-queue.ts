import type { JobQueue } from '../core/job-queue.js';

/** A queue that is being opened: every call waits for it, and gets its error where it cannot be opened. */
export function lazyJobQueue(open: () => Promise<JobQueue>): JobQueue {
  const opening = open();
  // Who calls hears of a failure; before the first call nobody does.
  opening.catch(() => undefined);
  return {
    submit: async (request) => (await opening).submit(request),
    get: async (id) => (await opening).get(id),
    list: async () => (await opening).list(),
    cancel: async (id) => (await opening).cancel(id),
    async *follow(id, signal) {
      yield* (await opening).follow(id, signal);
    },
    close: async () => (await opening).close(),
  };
}
