import { isTabwrightError } from '../core/is-tabwright-error.js';
import type { JobError } from '../core/job-queue.js';

/** What a handler threw, in words that may be shown: an unexpected failure may hold values of data, and tells nothing. */
export function jobError(error: unknown): JobError {
  if (isTabwrightError(error)) return { code: error.code, message: error.message, problems: error.problems };
  return { code: 'INTERNAL', message: 'an unexpected failure', problems: [] };
}

/** A job whose process ended under it as often as it may. */
export function abandonedError(attempts: number): JobError {
  return { code: 'WORKER_FAILED', message: `the process ended under this job ${attempts} times`, problems: [] };
}
