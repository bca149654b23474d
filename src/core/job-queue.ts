// The contract of long work that outlives a request: submitted once, run off the request, followed, cancelled, and kept.
import type { ErrorCode } from './error-codes.js';
import type { JsonObject } from './json.js';
import type { Problem } from './problem.js';
import type { ProgressEvent, RunControl } from './progress.js';

/** `waiting` and `running` jobs go on; the others have ended and stay as they are. */
export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** What to do. */
export interface JobRequest {
  /** Name of the handler. */
  readonly kind: string;
  readonly input: JsonObject;
  /** Requests of one key are one job: the second gets the first one's. */
  readonly idempotencyKey?: string | undefined;
  /** Jobs of one key run one after another. */
  readonly concurrencyKey?: string | undefined;
}

/** A job as it stands. */
export interface Job extends JobRequest {
  readonly id: string;
  readonly state: JobState;
  /** ISO times. */
  readonly createdAt: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  /** How often it was started: more than once where a process ended under it. */
  readonly attempts: number;
  /** The last step that was told. */
  readonly progress?: ProgressEvent;
  /** What the handler returned, once done. */
  readonly result?: JsonObject;
  /** Why it failed; values of data are not in it. */
  readonly error?: JobError;
}

/** A failure in words that may be shown. */
export interface JobError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly problems: readonly Problem[];
}

/** What a handler gets beside its input. */
export interface JobControl extends RunControl {
  /**
   * The same at every attempt: a handler that leaves something behind looks for what an attempt before it left under this id,
   * so that a job has one result whatever ended in between.
   */
  readonly jobId: string;
}

/** Does the work of a kind; returns what is kept as the result. */
export type JobHandler = (input: JsonObject, control: JobControl) => Promise<JsonObject>;

/** Takes jobs and runs them. */
export interface JobQueue {
  /** Takes a job; it is kept before this returns. @throws REQUEST_INVALID for a kind with no handler, OVERLOADED, NOT_READY once closed */
  submit(request: JobRequest): Promise<Job>;
  /** @throws JOB_NOT_FOUND */
  get(id: string): Promise<Job>;
  /** Newest first. */
  list(): Promise<readonly Job[]>;
  /** Ends a job that waits or runs; one that has ended stays as it is. @throws JOB_NOT_FOUND */
  cancel(id: string): Promise<Job>;
  /** The job now and after every change, the last time when it has ended. @throws JOB_NOT_FOUND, CANCELLED */
  follow(id: string, signal?: AbortSignal): AsyncIterable<Job>;
  /** Takes no more jobs and stops those that run; they are taken up again by the next queue on the same storage. */
  close(): Promise<void>;
}
