// What operators of `tabwright serve` may do: keys from the environment, profiles where there is a folder for them.
import { join } from 'node:path';
import type { JobQueue } from '../core/job-queue.js';
import type { Registry } from '../core/registry.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { fileJobQueue } from '../jobs/file-job-queue.js';
import { apiKeys } from '../serving/auth/api-keys.js';
import { parseApiKeys } from '../serving/auth/parse-api-keys.js';
import { jobHandlers } from '../serving/jobs/job-handlers.js';
import type { ServingOptions } from '../serving/serving-options.js';

/** The flags that say so. */
export interface AdminFlags {
  readonly auth?: 'none';
  readonly artifacts?: string;
  readonly jobs?: string;
}

const KEYS_VARIABLE = 'TABWRIGHT_API_KEYS';
const CONCURRENCY = 2;

/** A part of the serving options, with the queue that the command closes. */
export type ServeAdmin = Pick<ServingOptions, 'auth' | 'registry' | 'artifacts'> & { readonly jobs?: JobQueue };

/**
 * Opens what the flags and the environment ask for.
 * @throws OPTION_INVALID, JOBS_BUSY, STORAGE_FULL, STORAGE_FAILED
 */
export async function openAdmin({ auth, artifacts, jobs }: AdminFlags, registry: Registry): Promise<ServeAdmin> {
  const keys = process.env[KEYS_VARIABLE];
  if (auth === undefined && (keys ?? '') === '') {
    if (artifacts === undefined && jobs === undefined) return {};
    throw new TabwrightError('OPTION_INVALID', `serve: --artifacts needs keys in ${KEYS_VARIABLE}, or --auth none`);
  }
  const known = auth ?? apiKeys(parseApiKeys(keys ?? '', KEYS_VARIABLE));
  if (artifacts === undefined) return { auth: known, registry };
  const queue = await fileJobQueue(jobs ?? join(artifacts, 'jobs'), {
    handlers: jobHandlers({ artifacts }),
    concurrency: CONCURRENCY,
  });
  return { auth: known, registry, artifacts, jobs: queue };
}
