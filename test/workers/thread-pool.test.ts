import { describe, expect, it } from 'vitest';
import { ThreadPool } from '../../src/workers/thread-pool.js';

/** A worker that speaks the pool's protocol: doubles numbers, fails on -1, dies on -2, reports an event first. */
const SOURCE = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', ({ id, task }) => {
  if (task === -2) process.exit(3);
  if (task === -1) return parentPort.postMessage({ id, kind: 'error', code: 'FIT_FAILED', message: 'no' });
  parentPort.postMessage({ id, kind: 'event', value: 'half way' });
  parentPort.postMessage({ id, kind: 'result', value: task * 2 });
});
parentPort.postMessage({ id: -1, kind: 'event', value: 'ready' });
`;

describe('ThreadPool', () => {
  it('runs tasks, passes on events and keeps its threads', async () => {
    const pool = new ThreadPool<number>(SOURCE, 'test');
    const events: unknown[] = [];
    const results = await pool.borrow(2, 2, (threads) =>
      Promise.all(threads.map((thread, i) => thread.run(i + 1, (event) => events.push(event)))),
    );
    expect(results).toEqual([2, 4]);
    expect(events).toEqual(['half way', 'half way']);
    await pool.close();
  });

  it('serves more calls than it has threads, one after another', async () => {
    const pool = new ThreadPool<number>(SOURCE, 'test');
    const calls = [1, 2, 3, 4, 5].map((n) => pool.borrow(2, 2, async ([thread]) => thread?.run(n)));
    expect(await Promise.all(calls)).toEqual([2, 4, 6, 8, 10]);
    await pool.close();
  });

  it('rejects with the error of a task, and with WORKER_FAILED where a thread dies, and goes on', async () => {
    const pool = new ThreadPool<number>(SOURCE, 'test');
    const run = (task: number): Promise<unknown> => pool.borrow(1, 1, async ([thread]) => thread?.run(task));
    await expect(run(-1)).rejects.toMatchObject({ code: 'FIT_FAILED', message: 'no' });
    await expect(run(-2)).rejects.toMatchObject({ code: 'WORKER_FAILED' });
    expect(await run(4)).toBe(8);
    await pool.close();
  });
});
