// Takes a job in, once for each idempotency key of a caller (draft-ietf-httpapi-idempotency-key-header).
import { createHash } from 'node:crypto';
import type { Job, JobQueue, JobRequest } from '../../core/job-queue.js';
import type { Json } from '../../core/json.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { HandlerRequest } from '../route.js';

const KEY = /^[\x21-\x7e]{1,255}$/;

/** A job to take in. */
export interface Submission extends Omit<JobRequest, 'idempotencyKey'> {
  /** What makes two requests the same: all that the caller sent, and nothing made here. */
  readonly asked: Json;
}

/**
 * Submits a job, or gives the one that was submitted under the request's `Idempotency-Key`.
 * @throws REQUEST_INVALID for a key that is not well-formed, IDEMPOTENCY_CONFLICT, and those of the queue
 */
export async function submitJob(
  jobs: JobQueue,
  { kind, input, concurrencyKey, asked }: Submission,
  { headers, caller }: HandlerRequest,
): Promise<Job> {
  const key = headers['idempotency-key'];
  if (key === undefined) return jobs.submit({ kind, input, concurrencyKey });
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw new TabwrightError('REQUEST_INVALID', 'idempotency-key must be 1 to 255 visible characters of ASCII');
  }
  const fingerprint = createHash('sha256').update(JSON.stringify(asked)).digest('hex');
  const idempotencyKey = JSON.stringify([kind, caller ?? '', key]);
  const job = await jobs.submit({ kind, input: { ...input, fingerprint }, concurrencyKey, idempotencyKey });
  if (job.input.fingerprint === fingerprint) return job;
  throw new TabwrightError('IDEMPOTENCY_CONFLICT', 'the idempotency key was used for another request');
}
