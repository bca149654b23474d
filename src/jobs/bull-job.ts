// A job of BullMQ in the words of the contract. Where it is in Redis and what its hash holds are read one after the other: the
// hash is the later, and tells of the end.
import type { ErrorCode } from '../core/error-codes.js';
import { ERROR_CODES } from '../core/error-codes.js';
import type { Job, JobError, JobState } from '../core/job-queue.js';
import type { ProgressEvent } from '../core/progress.js';
import type { StoredJob } from './bull-package.js';
import { abandonedError } from './job-error.js';

/** What is used of a stored job; `finishedOn` and the others are times in milliseconds. */
export type StoredFields = Pick<
  StoredJob,
  | 'id'
  | 'name'
  | 'data'
  | 'progress'
  | 'returnvalue'
  | 'failedReason'
  | 'timestamp'
  | 'processedOn'
  | 'finishedOn'
  | 'stalledCounter'
>;

/** Why a job failed, as BullMQ keeps it: as the text of its `failedReason`. */
interface Failure extends JobError {
  /** False for one that was cancelled before its handler was called. */
  readonly isStarted: boolean;
}

/** @param place where BullMQ found the job: "active", "wait", "completed", … */
export function bullJob(stored: StoredFields, place: string): Job {
  const { id, name, data, progress, timestamp, processedOn, finishedOn } = stored;
  const failure = failureOf(stored);
  const state = stateOf(stored, place, failure);
  const attempts = attemptsOf(stored, state, failure);
  const { input, idempotencyKey, concurrencyKey, cancelledAt } = data;
  const finishedAt = finishedOn === undefined ? cancelledAt : isoTime(finishedOn);
  return {
    id: String(id),
    kind: name,
    input,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(concurrencyKey === undefined ? {} : { concurrencyKey }),
    state,
    createdAt: isoTime(timestamp),
    ...(attempts > 0 && processedOn !== undefined ? { startedAt: isoTime(processedOn) } : {}),
    ...(state === 'waiting' || state === 'running' || finishedAt === undefined ? {} : { finishedAt }),
    attempts,
    ...(typeof progress === 'object' ? { progress: progress as unknown as ProgressEvent } : {}),
    ...(state === 'done' ? { result: stored.returnvalue } : {}),
    ...(state === 'failed' && failure !== undefined ? { error: shown(failure) } : {}),
  };
}

/** The text under which a failure is kept. */
export function failureText(error: JobError, isStarted: boolean): string {
  return JSON.stringify({ ...error, isStarted } satisfies Failure);
}

function stateOf({ data, finishedOn }: StoredFields, place: string, failure: Failure | undefined): JobState {
  if (finishedOn !== undefined) {
    if (failure === undefined) return 'done';
    return failure.code === 'CANCELLED' ? 'cancelled' : 'failed';
  }
  if (place === 'active') return 'running';
  // No worker starts it once this is set; the first that comes by puts it away.
  return data.cancelledAt === undefined ? 'waiting' : 'cancelled';
}

/** Every process that ended under a job stalled it once; one that was given back when its queue closed does not count. */
function attemptsOf({ stalledCounter }: StoredFields, state: JobState, failure: Failure | undefined): number {
  const isStarted = failure?.isStarted ?? (state === 'running' || state === 'done');
  return stalledCounter + Number(isStarted);
}

/** BullMQ's own words are those for a job that stalled too often. */
function failureOf({ failedReason, finishedOn, stalledCounter }: StoredFields): Failure | undefined {
  if (finishedOn === undefined || !failedReason) return undefined;
  try {
    const failure = JSON.parse(failedReason) as Failure;
    if (Object.hasOwn(ERROR_CODES, failure.code)) return failure;
  } catch {
    // Not our text.
  }
  return { ...abandonedError(stalledCounter), isStarted: false };
}

function shown({ code, message, problems }: Failure): JobError {
  return { code: code as ErrorCode, message, problems };
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
