// Races within one process, made to happen.
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Registry } from '../../src/core/registry.js';
import { fileRegistry } from '../../src/registry/file-registry.js';

vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs/promises')>();
  return { ...original, open: vi.fn(original.open) };
});

let root = '';
let registry: Registry;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'races-'));
  registry = fileRegistry(root, { busyTimeoutMs: 0 });
  for (let i = 0; i < 2; i++) await registry.put('adult', new Map([['model', Uint8Array.of(i)]]));
});
afterEach(() => rm(root, { recursive: true }));

test('a version that is deleted while it is read is not found, and not called damaged', async () => {
  const { open: original } = await vi.importActual<typeof import('node:fs/promises')>('node:fs/promises');
  vi.mocked(open).mockImplementationOnce(async (...given) => {
    await fileRegistry(root).delete('adult', 2);
    return original(...given);
  });
  await expect(registry.read('adult', 2)).rejects.toThrowError(
    expect.objectContaining({ code: 'MODEL_NOT_FOUND', message: 'model adult has no version 2' }),
  );
});

test('changes from one process wait for each other, and none comes second', async () => {
  const aliases = Array.from({ length: 20 }, (_, i) => `alias-${i}`);
  await Promise.all(aliases.map((alias) => registry.setAlias('adult', alias, 1)));
  expect((await registry.get('adult')).aliases).toEqual([...aliases, 'champion'].sort());
});

test('a change that fails does not stop those that wait behind it', async () => {
  const failing = registry.setAlias('adult', 'canary', 9);
  const next = registry.setAlias('adult', 'canary', 2);
  await expect(failing).rejects.toThrowError(expect.objectContaining({ code: 'MODEL_NOT_FOUND' }));
  await next;
  expect((await registry.get('adult@canary')).version).toBe(2);
});
