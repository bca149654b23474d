import type { JobHandler } from '../../core/job-queue.js';
import { ProfileFolder } from './profile-folder.js';
import { profileJob } from './profile-job.js';
import { trainJob } from './train-job.js';
import type { WorkOptions } from './work-options.js';

/**
 * The handlers of the jobs that the routes take in, by kind: for a queue of your own, or one whose workers are other processes.
 * Give them what you give the routes.
 * @example
 * const work = { trainer, recipes: { nightly }, artifacts: './artifacts' };
 * const jobs = await fileJobQueue('./jobs', { handlers: jobHandlers(work) });
 * app.register(tabwright, { predictors, auth, ...work, jobs });
 */
export function jobHandlers({
  trainer,
  recipes,
  artifacts,
  tracker,
  sources = {},
}: WorkOptions): Record<string, JobHandler> {
  return {
    ...(trainer !== undefined && recipes !== undefined && { train: trainJob(trainer, recipes) }),
    ...(artifacts !== undefined && {
      profile: profileJob({ folder: new ProfileFolder(artifacts), tracker, sources }),
    }),
  };
}
