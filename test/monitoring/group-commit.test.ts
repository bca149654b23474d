import { describe, expect, test } from 'vitest';
import type { Group } from '../../src/monitoring/log/group-commit.js';
import { GroupCommit } from '../../src/monitoring/log/group-commit.js';

interface Numbers extends Group<number> {
  readonly items: number[];
}

function numbers(): Numbers {
  const items: number[] = [];
  return {
    items,
    get count() {
      return items.length;
    },
    add: (item) => void items.push(item),
  };
}

function commits(write: (items: readonly number[]) => Promise<void>, maxPending = 100) {
  const failures: unknown[] = [];
  const options = { flushMs: 1, retryMs: 1, maxPending, onFailure: (error: unknown) => failures.push(error) };
  return { group: new GroupCommit(numbers, ({ items }) => write(items), options), failures };
}

describe('GroupCommit', () => {
  test('tries a group again that could not be written, before what came later, and tells of it once', async () => {
    const written: number[] = [];
    let isDown = true;
    const { group, failures } = commits(async (items) => {
      if (isDown) throw new Error('down');
      written.push(...items);
    });
    group.add(1);
    await group.flush();
    group.add(2);
    await group.flush();
    expect([group.written, group.pending, failures.length]).toEqual([0, 2, 1]);
    isDown = false;
    group.add(3);
    await group.flush();
    expect([written, group.written, group.pending, group.dropped]).toEqual([[1, 2, 3], 3, 0, 0]);
    await group.close();
  });

  test('gives up the oldest group where the buffer is full and nothing can be written', async () => {
    const { group } = commits(() => Promise.reject(new Error('full')), 3);
    for (const item of [1, 2, 3]) group.add(item);
    await group.flush();
    group.add(4);
    expect([group.pending, group.dropped]).toEqual([1, 3]);
    await group.close();
    expect([group.pending, group.dropped, group.written]).toEqual([0, 4, 0]);
  });

  test('has one group under way at a time, and drops new items where a slow one fills the buffer', async () => {
    let most = 0;
    let running = 0;
    const sizes: number[] = [];
    const { group } = commits(async (items) => {
      most = Math.max(most, ++running);
      sizes.push(items.length);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running--;
    }, 4);
    for (let i = 0; i < 3; i++) group.add(i);
    const flushed = group.flush();
    await new Promise((resolve) => setImmediate(resolve));
    for (let i = 0; i < 3; i++) group.add(i);
    await flushed;
    await group.close();
    expect([most, sizes, group.written, group.dropped]).toEqual([1, [3, 1], 4, 2]);
  });
});
