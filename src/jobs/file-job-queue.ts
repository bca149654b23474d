// A job queue in this process with its jobs in a folder: what was taken is not lost, and what a crash broke off is run again.
import { randomUUID } from 'node:crypto';
import { checkSignal } from '../core/check-signal.js';
import type { Job, JobHandler, JobQueue, JobRequest } from '../core/job-queue.js';
import type { OptionsInput } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { hasEnded } from './has-ended.js';
import { abandonedError, jobError } from './job-error.js';
import { JobFolder } from './job-folder.js';
import { JobWatch } from './job-watch.js';

/** Plain options of the queue. */
export const fileJobQueueOptions = optionsTable('fileJobQueue', {
  concurrency: { type: 'integer', default: 1, min: 1, max: 64, doc: 'Jobs that run at a time.' },
  maxWaiting: { type: 'integer', default: 1000, min: 1, doc: 'Most jobs that wait; one more is refused (OVERLOADED).' },
  maxEnded: {
    type: 'integer',
    default: 1000,
    min: 0,
    doc: 'Jobs that have ended and are kept; older ones are dropped.',
  },
  maxAttempts: {
    type: 'integer',
    default: 3,
    min: 1,
    doc: 'How often a job is started whose process ended under it, before it counts as failed.',
  },
});

/** What {@link fileJobQueue} takes. */
export interface FileJobQueueOptions extends OptionsInput<typeof fileJobQueueOptions> {
  /** What does the work of each kind. */
  readonly handlers: Readonly<Record<string, JobHandler>>;
}

/** A job that runs here. */
interface Running {
  readonly abort: AbortController;
  /** Why it was aborted: a cancelled job has ended, one of a queue that closes is run again later. */
  reason: 'cancel' | 'close' | undefined;
  ended: Promise<void>;
}

/**
 * Opens the queue of a folder, and goes on with the jobs in it.
 * @throws JOBS_BUSY where another process has the folder, OPTION_INVALID, OPTION_UNKNOWN, STORAGE_FULL, STORAGE_FAILED
 */
export async function fileJobQueue(directory: string, { handlers, ...given }: FileJobQueueOptions): Promise<JobQueue> {
  const options = resolveOptions(fileJobQueueOptions, given);
  const folder = new JobFolder(directory);
  const stored = await folder.open();
  stored.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  const jobs = new Map(stored.map((job) => [job.id, job]));
  const running = new Map<string, Running>();
  const watch = new JobWatch();
  let isClosed = false;

  for (const job of stored.filter(({ state }) => state === 'running')) await change(job, afterCrash(job));
  start();

  /** Takes a job's new state in, keeps it and tells who follows. */
  async function change(job: Job, changes: Partial<Job>): Promise<Job> {
    const changed = { ...job, ...changes };
    jobs.set(job.id, changed);
    await folder.keep(changed);
    watch.tell(changed);
    return changed;
  }

  function afterCrash({ attempts }: Job): Partial<Job> {
    if (attempts < options.maxAttempts) return { state: 'waiting' };
    return { state: 'failed', finishedAt: now(), error: abandonedError(attempts) };
  }

  /** Starts what may run now. */
  function start(): void {
    if (isClosed) return;
    const keys = new Set([...running.keys()].map((id) => jobs.get(id)?.concurrencyKey));
    for (const job of jobs.values()) {
      if (running.size >= options.concurrency) return;
      const { state, id, concurrencyKey } = job;
      if (state !== 'waiting' || running.has(id) || (concurrencyKey !== undefined && keys.has(concurrencyKey)))
        continue;
      keys.add(concurrencyKey);
      const run: Running = { abort: new AbortController(), reason: undefined, ended: Promise.resolve() };
      running.set(id, run);
      run.ended = perform(job, run);
    }
  }

  async function perform(waiting: Job, run: Running): Promise<void> {
    let job = waiting;
    try {
      job = await change(job, { state: 'running', startedAt: now(), attempts: job.attempts + 1 });
      const handler = handlers[job.kind];
      if (handler === undefined) throw new TabwrightError('REQUEST_INVALID', `jobs: no handler for ${job.kind}`);
      checkSignal(run.abort.signal);
      const result = await handler(job.input, {
        jobId: job.id,
        signal: run.abort.signal,
        onProgress: (progress) => {
          const told = { ...(jobs.get(job.id) as Job), progress };
          jobs.set(job.id, told);
          watch.tell(told);
        },
      });
      await change(jobs.get(job.id) as Job, { state: 'done', finishedAt: now(), result });
    } catch (error) {
      await change(jobs.get(job.id) as Job, ending(error, run, job.attempts)).catch(() => undefined);
    } finally {
      running.delete(job.id);
      await dropOld();
      start();
    }
  }

  function ending(error: unknown, { reason }: Running, attempts: number): Partial<Job> {
    if (reason === 'close') return { state: 'waiting', attempts: attempts - 1 };
    if (reason === 'cancel') return { state: 'cancelled', finishedAt: now() };
    return { state: 'failed', finishedAt: now(), error: jobError(error) };
  }

  async function dropOld(): Promise<void> {
    const ended = [...jobs.values()].filter(hasEnded);
    for (const { id } of ended.slice(0, Math.max(0, ended.length - options.maxEnded))) {
      jobs.delete(id);
      await folder.drop(id);
    }
  }

  function find(id: string): Job {
    const job = jobs.get(id);
    if (job !== undefined) return job;
    throw new TabwrightError('JOB_NOT_FOUND', `jobs: there is no job ${JSON.stringify(id.slice(0, 60))}`);
  }

  return {
    async submit(request: JobRequest): Promise<Job> {
      if (isClosed) throw new TabwrightError('NOT_READY', 'jobs: the queue is closed');
      const { kind, idempotencyKey } = request;
      if (!Object.hasOwn(handlers, kind)) {
        throw new TabwrightError('REQUEST_INVALID', `jobs: kind must be one of ${Object.keys(handlers).join(', ')}`);
      }
      const same = [...jobs.values()].find(
        (job) => idempotencyKey !== undefined && job.idempotencyKey === idempotencyKey,
      );
      if (same !== undefined) return same;
      const nWaiting = [...jobs.values()].filter(({ state }) => state === 'waiting').length;
      if (nWaiting >= options.maxWaiting) {
        throw new TabwrightError('OVERLOADED', `jobs: at most ${options.maxWaiting} jobs may wait`);
      }
      const job: Job = { ...request, id: randomUUID(), state: 'waiting', createdAt: now(), attempts: 0 };
      // In the map before it is on disk, so that a request of the same key in between gets this job.
      jobs.set(job.id, job);
      try {
        await folder.keep(job);
      } catch (error) {
        jobs.delete(job.id);
        throw error;
      }
      start();
      return jobs.get(job.id) as Job;
    },
    get: async (id) => find(id),
    list: async () => [...jobs.values()].reverse(),
    async cancel(id) {
      const job = find(id);
      const run = running.get(id);
      if (run !== undefined) {
        run.reason ??= 'cancel';
        run.abort.abort();
        await run.ended;
        return find(id);
      }
      return hasEnded(job) ? job : change(job, { state: 'cancelled', finishedAt: now() });
    },
    follow: (id, signal) => watch.follow(() => find(id), hasEnded, signal),
    async close() {
      isClosed = true;
      for (const run of running.values()) {
        run.reason ??= 'close';
        run.abort.abort();
      }
      await Promise.all([...running.values()].map(({ ended }) => ended));
      await folder.release();
    },
  };
}

function now(): string {
  return new Date().toISOString();
}
