// What every job queue promises, as tests that each implementation runs on storage of its own.
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Job, JobControl, JobHandler, JobQueue } from '../../src/core/job-queue.js';
import type { JsonObject } from '../../src/core/json.js';
import { TabwrightError } from '../../src/core/tabwright-error.js';

/** What every queue takes. */
export interface SuiteOptions {
  readonly handlers: Readonly<Record<string, JobHandler>>;
  readonly concurrency?: number;
  readonly maxWaiting?: number;
  readonly maxEnded?: number;
}

/** A handler that the test lets go on, call by call. */
export function gate(): {
  handler: JobHandler;
  calls: { input: JsonObject; control: JobControl; end(result: JsonObject): void }[];
} {
  const calls: ReturnType<typeof gate>['calls'] = [];
  const handler: JobHandler = (input, control) =>
    new Promise((resolve, reject) => {
      calls.push({ input, control, end: resolve });
      control.signal?.addEventListener('abort', () => reject(new TabwrightError('CANCELLED', 'cancelled')));
    });
  return { handler, calls };
}

/** Waits as long as a busy disk may take. */
export async function until(condition: () => boolean): Promise<void> {
  await vi.waitFor(() => expect(condition()).toBe(true), { timeout: 20_000, interval: 5 });
}

/** The job once it has ended. */
export async function ended(queue: JobQueue, id: string): Promise<Job> {
  let last: Job | undefined;
  for await (const job of queue.follow(id)) last = job;
  return last as Job;
}

/** @param openQueue opens a queue; all those of one test are on the same storage, which is new to it */
export function describeJobQueue(name: string, openQueue: (options: SuiteOptions) => Promise<JobQueue>): void {
  const queues: JobQueue[] = [];
  afterEach(async () => {
    for (const queue of queues.splice(0)) await queue.close();
  });

  async function open(handlers: SuiteOptions['handlers'], options: Omit<SuiteOptions, 'handlers'> = {}) {
    const queue = await openQueue({ handlers, ...options });
    queues.push(queue);
    return queue;
  }

  describe(name, () => {
    test('runs a job with its input and keeps the result', async () => {
      const queue = await open({ double: async ({ n }) => ({ twice: 2 * Number(n) }) });
      const { id } = await queue.submit({ kind: 'double', input: { n: 4 } });
      expect(await ended(queue, id)).toMatchObject({ state: 'done', result: { twice: 8 }, attempts: 1 });
      expect(await queue.get(id)).toMatchObject({ state: 'done', input: { n: 4 } });
    });

    test('tells progress to whoever follows, the latest first of all', async () => {
      const { handler, calls } = gate();
      const queue = await open({ work: handler });
      const { id } = await queue.submit({ kind: 'work', input: {} });
      await until(() => calls.length === 1);
      calls[0]?.control.onProgress?.({ phase: 'fit', completed: 3, total: 10 });
      const seen: Job[] = [];
      for await (const job of queue.follow(id)) {
        seen.push(job);
        calls[0]?.end({ ok: true });
      }
      expect(seen[0]?.progress).toEqual({ phase: 'fit', completed: 3, total: 10 });
      expect(seen.at(-1)?.state).toBe('done');
    });

    test('says why a job failed, and nothing of an unexpected failure', async () => {
      const queue = await open({
        coded: async () => {
          throw new TabwrightError('TARGET_INVALID', 'train: the target has one class');
        },
        other: async () => {
          throw new Error('secret of row 7');
        },
      });
      const coded = await queue.submit({ kind: 'coded', input: {} });
      const other = await queue.submit({ kind: 'other', input: {} });
      expect((await ended(queue, coded.id)).error).toMatchObject({ code: 'TARGET_INVALID' });
      expect((await ended(queue, other.id)).error).toEqual({
        code: 'INTERNAL',
        message: 'an unexpected failure',
        problems: [],
      });
    });

    test('gives requests of one idempotency key one job', async () => {
      const { handler, calls } = gate();
      const queue = await open({ work: handler });
      const request = { kind: 'work', input: {}, idempotencyKey: 'a' };
      const jobs = await Promise.all([queue.submit(request), queue.submit(request), queue.submit(request)]);
      expect(new Set(jobs.map(({ id }) => id)).size).toBe(1);
      await until(() => calls.length === 1);
      calls[0]?.end({});
      await ended(queue, jobs[0]?.id as string);
      expect((await queue.submit(request)).state).toBe('done');
    });

    test('runs as many at a time as it may, and those of one key one after another', async () => {
      const { handler, calls } = gate();
      const queue = await open({ work: handler }, { concurrency: 2 });
      for (const [n, concurrencyKey] of ['a', 'a', 'b', 'c'].entries()) {
        await queue.submit({ kind: 'work', input: { n }, concurrencyKey });
      }
      await until(() => calls.length === 2);
      expect(calls.map(({ input }) => input.n)).toEqual([0, 2]);
      calls[1]?.end({});
      await until(() => calls.length === 3);
      expect(calls[2]?.input.n).toBe(3);
      calls[0]?.end({});
      await until(() => calls.length === 4);
      expect(calls[3]?.input.n).toBe(1);
    });

    test('cancels a job that waits, one that runs, and leaves one that has ended', async () => {
      const { handler, calls } = gate();
      const queue = await open({ work: handler, quick: async () => ({}) });
      const quick = await queue.submit({ kind: 'quick', input: {} });
      await ended(queue, quick.id);
      const runs = await queue.submit({ kind: 'work', input: {} });
      const waits = await queue.submit({ kind: 'work', input: {} });
      await until(() => calls.length === 1);
      expect((await queue.cancel(waits.id)).state).toBe('cancelled');
      expect((await queue.cancel(runs.id)).state).toBe('cancelled');
      expect((await queue.cancel(quick.id)).state).toBe('done');
      expect(calls).toHaveLength(1);
    });

    test('takes up what it was at when it closed, as the same attempt', async () => {
      const first = gate();
      const queue = await open({ work: first.handler });
      const { id } = await queue.submit({ kind: 'work', input: { n: 1 } });
      await until(() => first.calls.length === 1);
      await queue.close();
      await expect(queue.submit({ kind: 'work', input: {} })).rejects.toMatchObject({ code: 'NOT_READY' });
      const next = await open({ work: async ({ n }) => ({ n: Number(n) }) });
      expect(await ended(next, id)).toMatchObject({ state: 'done', result: { n: 1 }, attempts: 1 });
    });

    test('drops the oldest of those that have ended', async () => {
      const queue = await open({ quick: async () => ({}) }, { maxEnded: 2 });
      const ids: string[] = [];
      for (let n = 0; n < 4; n++) {
        const { id } = await queue.submit({ kind: 'quick', input: {} });
        await ended(queue, id);
        ids.push(id);
      }
      await vi.waitFor(async () => expect((await queue.list()).map(({ id }) => id)).toEqual([ids[3], ids[2]]));
      await expect(queue.get(ids[0] as string)).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
    });

    test.each<[string, (queue: JobQueue) => Promise<unknown>, string]>([
      ['an unknown kind', (queue) => queue.submit({ kind: 'toString', input: {} }), 'REQUEST_INVALID'],
      ['an unknown job', (queue) => queue.cancel('nobody'), 'JOB_NOT_FOUND'],
      [
        'more than may wait',
        async (queue) => {
          for (let n = 0; n < 4; n++) await queue.submit({ kind: 'work', input: {} });
        },
        'OVERLOADED',
      ],
    ])('refuses %s', async (_, act, code) => {
      const queue = await open({ work: gate().handler }, { maxWaiting: 2 });
      await expect(act(queue)).rejects.toMatchObject({ code });
    });

    test('stops telling a follower who went away', async () => {
      const queue = await open({ work: gate().handler });
      const { id } = await queue.submit({ kind: 'work', input: {} });
      const abort = new AbortController();
      const followed = (async () => {
        for await (const { state } of queue.follow(id, abort.signal)) if (state === 'running') abort.abort();
      })();
      await expect(followed).rejects.toMatchObject({ code: 'CANCELLED' });
    });
  });
}
