// The routes of operators: trainings and profiles as jobs, the registry, and what serves.
import { join } from 'node:path';
import type { JobQueue } from '../../core/job-queue.js';
import type { Registry } from '../../core/registry.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { fileJobQueue } from '../../jobs/file-job-queue.js';
import { lazyJobQueue } from '../../jobs/lazy-job-queue.js';
import { jobHandlers } from '../jobs/job-handlers.js';
import { ProfileFolder } from '../jobs/profile-folder.js';
import { removeUploadOf, sweepUploads } from '../jobs/sweep-uploads.js';
import type { WorkOptions } from '../jobs/work-options.js';
import type { RouteDeclaration } from '../route.js';
import type { ServedModels } from '../served-models.js';
import type { ServingMetrics } from '../serving-metrics.js';
import { jobRoutes } from './jobs.js';
import { liveRoutes } from './live.js';
import { profileRoutes } from './profiles.js';
import { registryRoutes } from './registry.js';
import { reloadRoute } from './reload.js';
import { trainRoute } from './train.js';

/** What operators may be given to work with. */
export interface AdminOptions extends WorkOptions {
  /** Where `/admin/models` looks; the trainer's where absent. */
  readonly registry?: Registry | undefined;
  /**
   * Takes the jobs, and has the handlers of {@link jobHandlers}. A file queue in the folder `jobs` of the artifacts where
   * absent, which runs two jobs at a time and goes on with what a restart broke off.
   */
  readonly jobs?: JobQueue | undefined;
}

/** Limits on what operators send, and who counts it. */
export interface AdminContext {
  readonly options: { readonly bodyLimitBytes: number; readonly uploadLimitBytes: number };
  readonly metrics: ServingMetrics;
}

/** A profile does not wait for a long training. */
const DEFAULT_CONCURRENCY = 2;

/**
 * The routes for what is given.
 * @throws OPTION_INVALID for recipes without anything to run them
 */
export function adminRoutes(given: AdminOptions, models: ServedModels, context: AdminContext): RouteDeclaration[] {
  const { trainer, recipes, registry = trainer?.registry, artifacts, sources = {} } = given;
  const { bodyLimitBytes, uploadLimitBytes } = context.options;
  const jobs = queueOf(given);
  const folder = artifacts === undefined ? undefined : new ProfileFolder(artifacts);
  return [
    ...(registry === undefined ? [] : registryRoutes(registry, bodyLimitBytes)),
    reloadRoute(models, bodyLimitBytes, context.metrics),
    ...liveRoutes(models, bodyLimitBytes),
    ...(jobs === undefined ? [] : jobRoutes(jobs, (job) => removeUploadOf(job, folder))),
    ...(jobs === undefined || recipes === undefined ? [] : [trainRoute(jobs, recipes, bodyLimitBytes)]),
    ...(jobs === undefined || folder === undefined
      ? []
      : profileRoutes({
          jobs,
          folder,
          sources,
          limitBytes: uploadLimitBytes,
          sweep: () => sweepUploads(jobs, folder),
        })),
  ];
}

function queueOf({ jobs, ...work }: AdminOptions): JobQueue | undefined {
  const { trainer, recipes, artifacts } = work;
  if (jobs !== undefined) return jobs;
  if (recipes !== undefined && (trainer === undefined || artifacts === undefined)) {
    throw new TabwrightError('OPTION_INVALID', 'serving: recipes need jobs, or a trainer and an artifacts folder');
  }
  if (artifacts === undefined) return undefined;
  return lazyJobQueue(() =>
    fileJobQueue(join(artifacts, 'jobs'), { handlers: jobHandlers(work), concurrency: DEFAULT_CONCURRENCY }),
  );
}
