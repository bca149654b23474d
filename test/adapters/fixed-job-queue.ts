// A job queue whose ids are counted and whose jobs run at once, for answers that are the same bytes on every host.
import type { Job, JobHandler, JobQueue } from '../../src/core/job-queue.js';
import { TabwrightError } from '../../src/core/tabwright-error.js';

const NOW = '2026-01-02T03:04:05.000Z';

/** Runs each job when it is submitted, and answers once it has ended. */
export function fixedJobQueue(handlers: Readonly<Record<string, JobHandler>>): JobQueue {
  const jobs = new Map<string, Job>();
  async function get(id: string): Promise<Job> {
    const job = jobs.get(id);
    if (job === undefined) throw new TabwrightError('JOB_NOT_FOUND', 'jobs: there is none');
    return job;
  }
  return {
    async submit(request) {
      const id = `job-${jobs.size + 1}`;
      const result = await (handlers[request.kind] as JobHandler)(request.input, { jobId: id });
      const times = { createdAt: NOW, startedAt: NOW, finishedAt: NOW };
      const job: Job = { ...request, id, state: 'done', ...times, attempts: 1, result };
      jobs.set(id, job);
      return job;
    },
    get,
    list: async () => [...jobs.values()].reverse(),
    cancel: get,
    async *follow(id) {
      yield await get(id);
    },
    close: async () => {},
  };
}
