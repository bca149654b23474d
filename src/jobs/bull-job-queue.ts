// A job queue in Redis over BullMQ 6, for several processes: any of them takes jobs in, and what a killed one was at, another takes over.
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { checkSignal } from '../core/check-signal.js';
import { isTabwrightError } from '../core/is-tabwright-error.js';
import type { Job, JobHandler, JobQueue, JobRequest } from '../core/job-queue.js';
import type { JsonObject } from '../core/json.js';
import type { Logger } from '../core/logger.js';
import { silentLogger } from '../core/logger.js';
import type { OptionsInput } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { bullJob } from './bull-job.js';
import type { BullData, BullPackage, BullQueue } from './bull-package.js';
import { loadBullmq } from './bull-package.js';
import { bullJobQueueOptions } from './bull-queue-options.js';
import { startBullWorker } from './bull-worker.js';
import { hasEnded } from './has-ended.js';

/** A client of Redis: a connected one of `redis` (version 5 or later), or one of `ioredis` with `maxRetriesPerRequest: null`. */
export interface BullConnection {
  duplicate(): unknown;
}

/** What {@link bullJobQueue} takes. */
export interface BullJobQueueOptions extends OptionsInput<typeof bullJobQueueOptions> {
  /** Its life is the caller's; a queue with a worker opens a second one like it. */
  readonly connection: BullConnection;
  /** What does the work of each kind; in a process that runs none (`concurrency: 0`), only the names count. */
  readonly handlers: Readonly<Record<string, JobHandler>>;
  /** Told of failures of the connection, after which the worker goes on. */
  readonly logger?: Logger | undefined;
}

/** Where jobs wait, and where all of them are, in the order in which they pass. */
const WAITING = ['delayed', 'waiting', 'prioritized'] as const;
const PLACES = [...WAITING, 'active', 'completed', 'failed'] as const;

/**
 * Opens the queue of this name in Redis (version 6.2 or later), and begins to run its jobs. It may be opened in any number of
 * processes. Handlers run at least once and their results are kept once: a handler looks for what an attempt before it left.
 * @throws PACKAGE_MISSING, OPTION_INVALID, OPTION_UNKNOWN, STORAGE_FAILED where Redis does not answer
 * @example
 * const connection = await createClient({ url: 'redis://127.0.0.1:6379' }).connect();
 * const jobs = await bullJobQueue({ connection, handlers: jobHandlers(work) });
 */
export async function bullJobQueue(given: BullJobQueueOptions): Promise<JobQueue> {
  const { connection, handlers, logger = silentLogger, ...plain } = given;
  const options = resolveOptions(bullJobQueueOptions, plain);
  const bull = await loadBullmq();
  const queue = openQueue(bull, connection, options);
  queue.on('error', (err) => logger.error({ err }, 'jobs: the connection to Redis failed'));
  await asked('opening', queue.waitUntilReady());
  const stopWorker =
    options.concurrency === 0 ? undefined : startBullWorker(bull, { queue, connection, handlers, logger }, options);
  let isClosed = false;

  async function find(id: string): Promise<Job | undefined> {
    const place = await asked('reading', queue.getJobState(id));
    const stored = await asked('reading', queue.getJob(id));
    return stored === undefined ? undefined : bullJob(stored, place);
  }

  async function get(id: string): Promise<Job> {
    const job = await find(id);
    if (job !== undefined) return job;
    throw new TabwrightError('JOB_NOT_FOUND', `jobs: there is no job ${JSON.stringify(id.slice(0, 60))}`);
  }

  async function list(): Promise<Job[]> {
    const jobs = new Map<string, Job>();
    // A job that moves on meanwhile is met again where it went.
    for (const place of PLACES) {
      const stored = await asked('reading', queue.getJobs([place]));
      for (const job of stored) if (job !== undefined) jobs.set(String(job.id), bullJob(job, place));
    }
    return [...jobs.values()].sort((a, b) => (a.createdAt > b.createdAt ? -1 : 1));
  }

  async function submit({ kind, ...request }: JobRequest): Promise<Job> {
    checkOpen();
    if (!Object.hasOwn(handlers, kind)) {
      throw new TabwrightError('REQUEST_INVALID', `jobs: kind must be one of ${Object.keys(handlers).join(', ')}`);
    }
    const id = jobIdOf(request.idempotencyKey);
    const same = request.idempotencyKey === undefined ? undefined : await find(id);
    if (same !== undefined) return same;
    const nWaiting = await asked('counting', queue.getJobCountByTypes(...WAITING));
    if (nWaiting >= options.maxWaiting) {
      throw new TabwrightError('OVERLOADED', `jobs: at most ${options.maxWaiting} jobs may wait`);
    }
    // Of jobs with one id, Redis keeps the first.
    const added = await asked('adding', queue.add(kind, request, { jobId: id }));
    return (await find(id)) ?? bullJob(added, 'waiting');
  }

  async function cancel(id: string): Promise<Job> {
    const stored = await asked('reading', queue.getJob(id));
    const isOpen = stored !== undefined && stored.finishedOn === undefined;
    if (isOpen && stored.data.cancelledAt === undefined) {
      const data: BullData = { ...stored.data, cancelledAt: new Date().toISOString() };
      await asked('cancelling', stored.updateData(data));
    }
    for (;;) {
      const job = await get(id);
      if (hasEnded(job)) return job;
      await wait(options.pollMs);
    }
  }

  async function* follow(id: string, signal?: AbortSignal): AsyncGenerator<Job> {
    let last: Job | undefined;
    for (;;) {
      checkSignal(signal);
      checkOpen();
      const job = await get(id);
      if (!isDeepStrictEqual(job, last)) yield job;
      if (hasEnded(job)) return;
      last = job;
      await wait(options.pollMs, undefined, { signal }).catch(() => undefined);
    }
  }

  function checkOpen(): void {
    if (isClosed) throw new TabwrightError('NOT_READY', 'jobs: the queue is closed');
  }

  async function close(): Promise<void> {
    if (isClosed) return;
    isClosed = true;
    await stopWorker?.();
    await queue.close();
  }

  return { submit, get, list, cancel, follow, close };
}

function openQueue(
  { Queue }: BullPackage,
  connection: BullConnection,
  options: { name: string; prefix: string },
): BullQueue {
  const { name, prefix } = options;
  try {
    return new Queue<BullData, JsonObject>(name, { connection, prefix });
  } catch (cause) {
    const message = 'bullJobQueue: connection must be a client that BullMQ takes, and name must not hold ":"';
    throw new TabwrightError('OPTION_INVALID', message, { cause });
  }
}

/** The id of all requests of one idempotency key. */
function jobIdOf(idempotencyKey: string | undefined): string {
  return idempotencyKey === undefined ? randomUUID() : createHash('sha256').update(idempotencyKey).digest('hex');
}

/** @throws STORAGE_FAILED where Redis refuses or is gone */
async function asked<T>(doing: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    if (isTabwrightError(cause)) throw cause;
    throw new TabwrightError('STORAGE_FAILED', `jobs: ${doing} failed in Redis`, { cause });
  }
}
