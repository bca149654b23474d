import type { Job, JobQueue } from '../../core/job-queue.js';
import type { JsonObject } from '../../core/json.js';
import { adminJson } from '../admin-json.js';
import { jobEvents } from '../jobs/job-events.js';
import { jobJson, jobSchema } from '../jobs/job-json.js';
import type { HandlerRequest, RouteDeclaration } from '../route.js';

const HEARTBEAT_MS = 15_000;

const listSchema: JsonObject = {
  type: 'object',
  properties: { jobs: { type: 'array', items: jobSchema, description: 'Newest first.' } },
  required: ['jobs'],
};

/**
 * `GET /admin/jobs`, `GET /admin/jobs/:id`, `GET /admin/jobs/:id/events` and `DELETE /admin/jobs/:id`.
 * @param cleanUp Gets a job after it was cancelled, or left as it had ended.
 */
export function jobRoutes(jobs: JobQueue, cleanUp: (job: Job) => Promise<void>): RouteDeclaration[] {
  const shared = {
    scope: 'admin',
    model: 'none',
    describe: () => ({ answer: { 'application/json': jobSchema } }),
  } satisfies Partial<RouteDeclaration>;
  return [
    {
      ...shared,
      operation: 'jobs',
      method: 'GET',
      path: '/admin/jobs',
      summary: 'The jobs that are kept, newest first.',
      describe: () => ({ answer: { 'application/json': listSchema } }),
      handle: async () => adminJson({ jobs: (await jobs.list()).map(jobJson) }),
    },
    {
      ...shared,
      operation: 'job',
      method: 'GET',
      path: '/admin/jobs/:id',
      summary: 'A job as it stands.',
      handle: async (request) => adminJson(jobJson(await jobs.get(idOf(request)))),
    },
    {
      ...shared,
      operation: 'jobEvents',
      method: 'GET',
      path: '/admin/jobs/:id/events',
      summary: 'Follows a job: an event `progress` after every change, `end` once it has ended.',
      describe: () => ({ answer: { 'text/event-stream': { type: 'string' } } }),
      async handle(request) {
        const { id } = await jobs.get(idOf(request));
        return {
          mediaType: 'text/event-stream',
          headers: { 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
          body: jobEvents(jobs, id, request.signal(), HEARTBEAT_MS),
        };
      },
    },
    {
      ...shared,
      operation: 'cancelJob',
      method: 'DELETE',
      path: '/admin/jobs/:id',
      summary: 'Cancels a job that waits or runs; one that has ended stays as it is.',
      async handle(request) {
        const job = await jobs.cancel(idOf(request));
        await cleanUp(job);
        return adminJson(jobJson(job));
      },
    },
  ];
}

function idOf({ params }: HandlerRequest): string {
  return String(params.id);
}
