// The job queue in a real Redis: its promises, several processes on it, and a process that is killed.
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createClient } from 'redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Job, JobQueue } from '../../src/core/job-queue.js';
import type { BullJobQueueOptions } from '../../src/jobs/bull-job-queue.js';
import { bullJobQueue } from '../../src/jobs/bull-job-queue.js';
import { describeJobQueue, ended, gate } from '../jobs/job-queue-suite.js';
import { type Child, childStarter } from '../registry/start-child.js';
import { type ChildServer, childServer } from './child-server.js';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

describe.skipIf(!hasRedis)('the job queue in Redis (skipped: there is no redis-server)', () => {
  let folder = '';
  let name = '';
  let server: ChildServer;
  const connected: { close(): unknown }[] = [];
  let start: (...args: readonly string[]) => Child;
  async function open(options: Omit<BullJobQueueOptions, 'connection'>): Promise<JobQueue> {
    const connection = await createClient({ url: `redis://127.0.0.1:${server.port}` }).connect();
    connected.push(connection);
    return bullJobQueue({ connection, name, lockMs: 1000, stalledMs: 500, pollMs: 20, ...options });
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bull-'));
    server = await childServer((port) => [
      'redis-server',
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''],
    ]);
    start = await childStarter(folder, new URL('./bull-worker.ts', import.meta.url));
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });
  afterEach(async () => {
    for (const client of connected.splice(0)) await client.close();
  });
  beforeEach(() => {
    name = `jobs-${randomUUID()}`;
  });

  describeJobQueue('bullJobQueue', open);

  /** A queue that leaves the work to others. */
  const submitting = () => open({ handlers: { work: gate().handler }, concurrency: 0 });
  const startWorkers = async () => {
    const workers = [start(String(server.port), name), start(String(server.port), name)];
    await Promise.all(workers.map(({ started }) => started));
    return workers;
  };
  const endWorkers = async (workers: readonly Child[]) => {
    for (const worker of workers) worker.process.kill('SIGKILL');
    for (const worker of workers) expect((await worker.ended).errors).toBe('');
  };
  const endedAll = (queue: JobQueue, jobs: readonly Job[]) => Promise.all(jobs.map(({ id }) => ended(queue, id)));

  test('two processes share the jobs, each of which has one result', async () => {
    const queue = await submitting();
    const workers = await startWorkers();
    const jobs: Job[] = [];
    for (let n = 0; n < 12; n++) jobs.push(await queue.submit({ kind: 'work', input: { steps: 3 } }));
    const done = await endedAll(queue, jobs);
    expect(done.map(({ state, attempts }) => [state, attempts])).toEqual(jobs.map(() => ['done', 1]));
    expect(new Set(done.map(({ result }) => result?.by)).size).toBe(2);
    expect((await queue.list()).map(({ id }) => id).sort()).toEqual(jobs.map(({ id }) => id).sort());
    await queue.close();
    await endWorkers(workers);
  });

  test('jobs of one key run one after another in all processes', async () => {
    const queue = await submitting();
    const workers = await startWorkers();
    const jobs: Job[] = [];
    for (let n = 0; n < 5; n++) {
      jobs.push(await queue.submit({ kind: 'work', input: { steps: 5 }, concurrencyKey: 'prospect' }));
    }
    const spans = (await endedAll(queue, jobs)).map(
      ({ result }) => [Number(result?.from), Number(result?.to)] as const,
    );
    spans.sort(([a], [b]) => a - b);
    for (const [i, [from]] of spans.slice(1).entries()) expect(from).toBeGreaterThanOrEqual(spans[i]?.[1] as number);
    await queue.close();
    await endWorkers(workers);
  });

  test('a job whose process is killed is taken over by the other, and may be followed from a third', async () => {
    const queue = await submitting();
    const workers = await startWorkers();
    const { id } = await queue.submit({ kind: 'work', input: { steps: 100 }, concurrencyKey: 'k' });
    let killed: number | undefined;
    let last: Job | undefined;
    for await (const job of queue.follow(id)) {
      last = job;
      if (killed !== undefined || job.progress === undefined) continue;
      killed = Number(job.progress.message);
      process.kill(killed, 'SIGKILL');
    }
    expect(last).toMatchObject({ state: 'done', attempts: 2 });
    expect(last?.result?.by).not.toBe(killed);
    await queue.close();
    await endWorkers(workers);
  });

  test('a job under which every process ends fails after its attempts', async () => {
    const queue = await submitting();
    const { id } = await queue.submit({ kind: 'work', input: { steps: 1e6 } });
    let killed = 0;
    const workers = [start(String(server.port), name)];
    let last: Job | undefined;
    for await (const job of queue.follow(id)) {
      last = job;
      const pid = Number(job.progress?.message);
      if (job.state !== 'running' || job.attempts !== killed + 1 || pid !== workers.at(-1)?.process.pid) continue;
      killed += 1;
      process.kill(pid, 'SIGKILL');
      workers.push(start(String(server.port), name));
    }
    expect(killed).toBe(3);
    expect(last).toMatchObject({ state: 'failed', attempts: 3, error: { code: 'WORKER_FAILED' } });
    await queue.close();
    await endWorkers(workers);
  });

  test('a job that runs elsewhere is cancelled there, and one whose process is gone as well', async () => {
    const queue = await submitting();
    const workers = await startWorkers();
    const first = await queue.submit({ kind: 'work', input: { steps: 1e6 } });
    const second = await queue.submit({ kind: 'work', input: { steps: 1e6 } });
    for (const { id } of [first, second]) await expect.poll(async () => (await queue.get(id)).state).toBe('running');
    expect(await queue.cancel(first.id)).toMatchObject({ state: 'cancelled', attempts: 1 });
    for (const worker of workers) worker.process.kill('SIGKILL');
    const others = await startWorkers();
    expect(await queue.cancel(second.id)).toMatchObject({ state: 'cancelled' });
    await queue.close();
    await endWorkers([...workers, ...others]);
  });

  test('says that Redis failed, and nothing of the job', async () => {
    const queue = await submitting();
    await connected.pop()?.close();
    await expect(queue.submit({ kind: 'work', input: { secret: 1 } })).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
    });
  });

  test('docs/serving.md has a program that opens a queue', async () => {
    const program = /```javascript\n([\s\S]*?)```/.exec(readFileSync('docs/serving.md', 'utf8'))?.[1] as string;
    const file = join(folder, 'open-jobs.ts');
    const index = JSON.stringify(resolve('src/index.ts'));
    const redis = JSON.stringify(resolve('node_modules/redis/dist/index.js'));
    await writeFile(
      file,
      program.replace('6379', `${server.port}`).replace("'tabwright'", index).replace("'redis'", redis),
    );
    const { connection, jobs } = await (await import(file)).openJobs({ artifacts: folder });
    connected.push(connection);
    await expect(jobs.submit({ kind: 'train', input: {} })).rejects.toThrow('must be one of profile');
    await jobs.close();
  });

  test.each([{ name: 'a:b' }, { lockMs: 1 }, { retries: 3 }])('refuses %j', async (given) => {
    const code = 'retries' in given ? 'OPTION_UNKNOWN' : 'OPTION_INVALID';
    await expect(open({ handlers: {}, ...given })).rejects.toMatchObject({ code });
  });
});
