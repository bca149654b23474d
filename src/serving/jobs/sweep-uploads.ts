// Uploads go with their jobs: at once where a job is cancelled, and after a while where nobody wants them.
import type { Job, JobQueue } from '../../core/job-queue.js';
import type { ProfileFolder } from './profile-folder.js';
import type { ProfileInput } from './profile-job.js';

/** Older uploads that no job wants were left by a process that ended. */
const LEFTOVER_AGE_MS = 3_600_000;

/** Removes uploads that no job wants. */
export async function sweepUploads(jobs: JobQueue, folder: ProfileFolder): Promise<void> {
  const wanted = (await jobs.list()).filter(({ kind, state }) => kind === 'profile' && !hasEnded(state));
  const files = new Set(wanted.map(({ input }) => (input as ProfileInput).file));
  await folder.sweepUploads(files, Date.now() - LEFTOVER_AGE_MS);
}

/** Removes the upload of a job that was cancelled. */
export async function removeUploadOf({ kind, state, input }: Job, folder: ProfileFolder | undefined): Promise<void> {
  if (kind === 'profile' && state === 'cancelled') await folder?.removeUpload((input as ProfileInput).file);
}

function hasEnded(state: Job['state']): boolean {
  return state !== 'waiting' && state !== 'running';
}
