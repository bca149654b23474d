import type { Job } from '../core/job-queue.js';

/** Whether a job stays as it is. */
export function hasEnded({ state }: Job): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}
