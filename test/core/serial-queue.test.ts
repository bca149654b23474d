import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { SerialQueue } from '../../src/core/serial-queue.js';

test('runs the tasks of a key one after another, in order, and those of other keys meanwhile', async () => {
  const queue = new SerialQueue();
  const events: string[] = [];
  const task = (name: string) => async () => {
    events.push(`${name} starts`);
    await setImmediate();
    events.push(`${name} ends`);
    return name;
  };
  const results = await Promise.all([
    queue.run('a', task('a1')),
    queue.run('a', task('a2')),
    queue.run('b', task('b1')),
  ]);
  expect(results).toEqual(['a1', 'a2', 'b1']);
  expect(events.filter((event) => event.startsWith('a'))).toEqual(['a1 starts', 'a1 ends', 'a2 starts', 'a2 ends']);
  expect(events.indexOf('b1 starts')).toBeLessThan(events.indexOf('a1 ends'));
});

test('gives each caller its own failure and goes on with the next task', async () => {
  const queue = new SerialQueue();
  const failed = queue.run('a', () => Promise.reject(new Error('no')));
  const next = queue.run('a', async () => 'yes');
  await expect(failed).rejects.toThrowError('no');
  expect(await next).toBe('yes');
});
