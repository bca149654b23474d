import { describe, expect, test } from 'vitest';
import type { Job, JobQueue } from '../../../src/core/job-queue.js';
import { JobWatch } from '../../../src/jobs/job-watch.js';
import { jobEvents } from '../../../src/serving/jobs/job-events.js';

const job: Job = { id: 'j', kind: 'train', state: 'running', createdAt: '', attempts: 1, input: {} };

/** A queue with one job that the test changes. */
function oneJob() {
  const watch = new JobWatch();
  let now = job;
  const queue = { follow: (_id: string, signal?: AbortSignal) => watch.follow(() => now, isOver, signal) };
  const change = (changes: Partial<Job>): void => {
    now = { ...now, ...changes };
    watch.tell(now);
  };
  return { queue: queue as unknown as JobQueue, change };
}

function isOver({ state }: Job): boolean {
  return state === 'done';
}

describe('jobEvents', () => {
  test('begins at once, says that it is still there, and ends with the job', async () => {
    const { queue, change } = oneJob();
    const events = jobEvents(queue, 'j', new AbortController().signal, 1);
    const next = async () => (await events.next()).value ?? '';
    expect(await next()).toMatch(/^: /);
    expect(await next()).toMatch(/^event: progress\ndata: \{.*\}\n\n$/);
    expect(await next()).toBe(': still there\n\n');
    change({ state: 'done', result: { version: 1 } });
    let text = '';
    while (!text.startsWith('event: ')) text = await next();
    expect(text).toMatch(/^event: end\ndata: \{.*"state":"done".*\}\n\n$/);
    expect((await events.next()).done).toBe(true);
  });

  test('ends quietly where the client goes away', async () => {
    const { queue } = oneJob();
    const client = new AbortController();
    const events = jobEvents(queue, 'j', client.signal, 60_000);
    await events.next();
    await events.next();
    const waiting = events.next();
    client.abort();
    expect(await waiting).toEqual({ value: undefined, done: true });
  });
});
