// A job as server-sent events (HTML standard, section 9.2): `progress` after every change, `end` once, comments while nothing happens.
import type { Job, JobQueue } from '../../core/job-queue.js';
import { jobJson } from './job-json.js';

const ENDED = ['done', 'failed', 'cancelled'];

/**
 * The text of the stream. It ends with the job, or with the signal.
 * @param heartbeatMs Longest time with no byte, so that proxies keep the connection.
 */
export async function* jobEvents(
  jobs: JobQueue,
  id: string,
  signal: AbortSignal,
  heartbeatMs: number,
): AsyncGenerator<string> {
  const left = new AbortController();
  const changes = jobs.follow(id, AbortSignal.any([signal, left.signal]))[Symbol.asyncIterator]();
  yield ': follows the job until it ends\n\n';
  try {
    let next = changes.next();
    for (;;) {
      const change = await within(next, heartbeatMs);
      if (change === undefined) {
        yield ': still there\n\n';
        continue;
      }
      if (change.done === true) return;
      yield eventText(change.value);
      next = changes.next();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    left.abort();
  }
}

function eventText(job: Job): string {
  return `event: ${ENDED.includes(job.state) ? 'end' : 'progress'}\ndata: ${JSON.stringify(jobJson(job))}\n\n`;
}

/** What the promise gives, or undefined where that takes longer. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
