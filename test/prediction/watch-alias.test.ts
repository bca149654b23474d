import { expect, it } from 'vitest';
import { watchAlias } from '../../src/prediction/watch-alias.js';
import { memoryRegistry } from '../../src/testing/memory-registry.js';

const files = new Map([['model', new Uint8Array(1)]]);

it('calls back once for each version that the alias comes to, and goes on after errors', async () => {
  const registry = memoryRegistry();
  const ended = new AbortController();
  const seen: number[] = [];
  const errors: string[] = [];
  const watch = watchAlias(registry, 'm', {
    intervalMs: 10,
    signal: ended.signal,
    onChange: ({ version }) => {
      seen.push(version);
      if (seen.length === 1) throw new Error('not ready');
    },
    onError: (error) => errors.push((error as Error).message),
  });
  await expect.poll(() => errors.length).toBeGreaterThan(0);
  for (let i = 0; i < 2; i++) await registry.put('m', files);
  const nErrors = errors.length;
  await expect.poll(async () => (await registry.get('m')).version).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(seen).toEqual([]);
  await registry.setAlias('m', 'champion', 2);
  await expect.poll(() => seen).toEqual([2, 2]);
  expect(errors.slice(nErrors)).toContain('not ready');
  ended.abort();
  await watch;
  await registry.setAlias('m', 'champion', 1);
  expect(seen).toEqual([2, 2]);
});

it('starts from the version that is in use', async () => {
  const registry = memoryRegistry();
  for (let i = 0; i < 2; i++) await registry.put('m', files);
  const ended = new AbortController();
  const onChange = () => ended.abort();
  await watchAlias(registry, 'm', { intervalMs: 10, signal: ended.signal, onChange }, 2);
  expect(ended.signal.aborted).toBe(true);
});
