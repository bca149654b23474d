import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Job, JobQueue } from '../../src/core/job-queue.js';
import type { FileJobQueueOptions } from '../../src/jobs/file-job-queue.js';
import { fileJobQueue } from '../../src/jobs/file-job-queue.js';
import { describeJobQueue, ended, gate, until } from './job-queue-suite.js';

let folder = '';
const queues: JobQueue[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tabwright-jobs-'));
});

afterEach(async () => {
  for (const queue of queues.splice(0)) await queue.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(handlers: FileJobQueueOptions['handlers'], options: object = {}): Promise<JobQueue> {
  const queue = await fileJobQueue(folder, { handlers, ...options });
  queues.push(queue);
  return queue;
}

describeJobQueue('fileJobQueue', (options) => fileJobQueue(folder, options));

describe('fileJobQueue in its folder', () => {
  test('runs a job again whose process ended, under the same id, but not for ever', async () => {
    const running = (attempts: number): Job => ({
      id: `x${attempts}`,
      kind: 'work',
      input: {},
      state: 'running',
      createdAt: `2026-01-0${attempts}T00:00:00.000Z`,
      attempts,
    });
    for (const job of [running(1), running(3)]) {
      writeFileSync(join(folder, `job-${job.id}.json`), JSON.stringify(job));
    }
    writeFileSync(join(folder, 'owner.json'), JSON.stringify({ pid: 2 ** 22 + 1 }));
    const ids: string[] = [];
    const queue = await open({
      work: async (_, { jobId }) => {
        ids.push(jobId);
        return {};
      },
    });
    expect(await ended(queue, 'x1')).toMatchObject({ state: 'done', attempts: 2 });
    expect(await queue.get('x3')).toMatchObject({ state: 'failed', error: { code: 'WORKER_FAILED' } });
    expect(ids).toEqual(['x1']);
  });

  test('keeps a job before it says so, and no progress', async () => {
    const { handler, calls } = gate();
    const queue = await open({ work: handler });
    const { id } = await queue.submit({ kind: 'work', input: { n: 1 } });
    const stored = (): Job => JSON.parse(readFileSync(join(folder, `job-${id}.json`), 'utf8'));
    expect(stored()).toMatchObject({ kind: 'work', input: { n: 1 } });
    await until(() => calls.length === 1);
    calls[0]?.control.onProgress?.({ phase: 'fit', completed: 1, total: 2 });
    expect(stored().progress).toBeUndefined();
  });

  test('refuses a folder that another process works on', async () => {
    writeFileSync(join(folder, 'owner.json'), JSON.stringify({ pid: process.ppid }));
    await expect(fileJobQueue(folder, { handlers: {} })).rejects.toMatchObject({ code: 'JOBS_BUSY' });
  });

  test('refuses a folder that another queue of this process works on, until that is closed', async () => {
    const first = await open({});
    await expect(fileJobQueue(folder, { handlers: {} })).rejects.toMatchObject({ code: 'JOBS_BUSY' });
    await first.close();
    await open({});
  });
});
