// Runs the jobs of a BullMQ queue in this process: locks by key, wishes to cancel, progress, and giving back what a close breaks off.
import { randomUUID } from 'node:crypto';
import type { JobHandler } from '../core/job-queue.js';
import type { JsonObject } from '../core/json.js';
import type { Logger } from '../core/logger.js';
import type { ProgressEvent } from '../core/progress.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { failureText } from './bull-job.js';
import type { KeyLock } from './bull-key-lock.js';
import { bullKeyLock } from './bull-key-lock.js';
import type { BullPackage, BullQueue, StoredJob } from './bull-package.js';
import type { ResolvedBullOptions } from './bull-queue-options.js';
import { jobError } from './job-error.js';

/** With many jobs parked behind their keys each asks more rarely: about 16 a poll in all. */
const ASKING_PER_POLL = 16;

/** What a worker works with. */
export interface BullWork {
  readonly queue: BullQueue;
  /** The caller's client; the worker opens one more beside it, to wait with. */
  readonly connection: object;
  readonly handlers: Readonly<Record<string, JobHandler>>;
  readonly logger: Logger;
}

/** A job that runs here. */
interface Run {
  readonly abort: AbortController;
  readonly lock: KeyLock | undefined;
  /** Why it was aborted: a cancelled job has ended, one of a queue that closes runs again later, a lost one runs elsewhere. */
  reason: 'cancel' | 'close' | 'lost' | undefined;
  /** Told, and not yet in Redis. */
  progress: ProgressEvent | undefined;
}

/** Starts a worker; the function given back stops it, and gives back what it was at. */
export function startBullWorker(
  { Worker, DelayedError, WaitingError }: BullPackage,
  { queue, connection, handlers, logger }: BullWork,
  options: ResolvedBullOptions,
): () => Promise<void> {
  const { name, prefix, concurrency, lockMs, stalledMs, pollMs, maxAttempts, maxEnded } = options;
  const runs = new Map<string, Run>();
  let isClosing = false;
  const worker = new Worker<StoredJob['data'], JsonObject>(name, perform, {
    connection,
    prefix,
    concurrency,
    lockDuration: lockMs,
    stalledInterval: stalledMs,
    maxStalledCount: maxAttempts - 1,
    removeOnComplete: { count: maxEnded },
    removeOnFail: { count: maxEnded },
  });
  worker.on('error', (err) => logger.error({ err }, 'jobs: the worker failed, and goes on'));
  worker.on('lockRenewalFailed', (ids) => {
    for (const id of ids) stop(runs.get(id), 'lost');
  });

  async function perform(job: StoredJob, token = ''): Promise<JsonObject> {
    if (job.data.cancelledAt !== undefined) throw cancelled(false);
    if (isClosing) return giveBack(job, token);
    const lock = lockOf(job);
    if (lock !== undefined && !(await lock.take())) return park(job, token);
    const run: Run = { abort: new AbortController(), lock, reason: undefined, progress: undefined };
    const id = String(job.id);
    runs.set(id, run);
    const timer = setInterval(() => watch(job, run).catch(() => undefined), pollMs);
    try {
      return await handle(job, run);
    } catch (error) {
      if (run.reason === 'close') return await giveBack(job, token);
      throw run.reason === 'cancel' ? cancelled(true) : new Error(failureText(jobError(error), true));
    } finally {
      clearInterval(timer);
      runs.delete(id);
      await tell(job, run);
      // The key expires where Redis cannot be asked.
      await lock?.leave().catch(() => undefined);
    }
  }

  async function handle(job: StoredJob, run: Run): Promise<JsonObject> {
    const handler = Object.hasOwn(handlers, job.name) ? handlers[job.name] : undefined;
    if (handler === undefined) throw new TabwrightError('REQUEST_INVALID', `jobs: no handler for ${job.name}`);
    return handler(job.data.input, {
      jobId: String(job.id),
      signal: run.abort.signal,
      onProgress(progress) {
        const isFirst = run.progress === undefined && job.progress === 0;
        run.progress = progress;
        if (isFirst) tell(job, run);
      },
    });
  }

  function lockOf({ id, data: { concurrencyKey } }: StoredJob): KeyLock | undefined {
    if (concurrencyKey === undefined) return undefined;
    return bullKeyLock(queue, concurrencyKey, String(id), randomUUID(), lockMs);
  }

  /** What is looked after while a job runs. Where Redis does not answer, the next turn tries again. */
  async function watch(job: StoredJob, run: Run): Promise<void> {
    await tell(job, run);
    const stored = await queue.getJob(String(job.id));
    if (stored === undefined || stored.data.cancelledAt !== undefined) stop(run, 'cancel');
    if (run.lock !== undefined && !(await run.lock.keep())) stop(run, 'lost');
  }

  /** Progress is told for its own sake: a step that is lost is no failure. */
  async function tell(job: StoredJob, run: Run): Promise<void> {
    const { progress } = run;
    run.progress = undefined;
    if (progress !== undefined) await job.updateProgress({ ...progress }).catch(() => undefined);
  }

  /** Another job of its key runs: it waits, and this worker takes the next one. */
  async function park(job: StoredJob, token: string): Promise<never> {
    const parked = await queue.getDelayedCount();
    await job.moveToDelayed(Date.now() + pollMs * Math.ceil((1 + parked) / ASKING_PER_POLL), token);
    throw new DelayedError();
  }

  async function giveBack(job: StoredJob, token: string): Promise<never> {
    await job.moveToWait(token);
    throw new WaitingError();
  }

  return async () => {
    isClosing = true;
    const closed = worker.close();
    for (const run of runs.values()) stop(run, 'close');
    await closed;
  };
}

function stop(run: Run | undefined, reason: Run['reason']): void {
  if (run === undefined) return;
  run.reason ??= reason;
  run.abort.abort();
}

function cancelled(isStarted: boolean): Error {
  return new Error(failureText({ code: 'CANCELLED', message: 'cancelled', problems: [] }, isStarted));
}
