import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Registry } from '../../src/core/registry.js';
import { takeTurn } from '../../src/core/take-turn.js';
import { fileRegistry } from '../../src/registry/file-registry.js';
import { registryState } from './registry-state.js';

vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs/promises')>();
  return { ...original, rename: vi.fn(original.rename) };
});

const BUSY = expect.objectContaining({ code: 'REGISTRY_BUSY', message: expect.stringContaining('adult') });
const taken = async () => Promise.reject(Object.assign(new Error('taken'), { code: 'ENOTEMPTY' }));

describe('takeTurn', () => {
  test('gives the first result that is not undefined, also a falsy one', async () => {
    const results = [undefined, undefined, 0, 1];
    expect(await takeTurn('adult', 10_000, async () => results.shift())).toBe(0);
    expect(results).toEqual([1]);
  });

  test('tries once where no time is given, then says what is busy', async () => {
    const attempt = vi.fn(async () => undefined);
    await expect(takeTurn('adult', 0, attempt)).rejects.toThrowError(BUSY);
    expect(attempt).toHaveBeenCalledOnce();
  });

  test('passes on what an attempt throws', async () => {
    await expect(takeTurn('adult', 10_000, () => Promise.reject(new Error('no')))).rejects.toThrowError('no');
  });
});

describe('a registry whose changes always come second', () => {
  let root = '';
  let registry: Registry;
  const files = new Map([['model', Uint8Array.of(1)]]);

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'busy-'));
    registry = fileRegistry(root, { busyTimeoutMs: 20 });
    for (let i = 0; i < 2; i++) await registry.put('adult', files);
  });
  afterEach(async () => {
    vi.mocked(rename).mockReset();
    await rm(root, { recursive: true });
  });

  test('gives up with REGISTRY_BUSY, and leaves all as it was', async () => {
    const before = await registryState(registry);
    vi.mocked(rename).mockImplementation(taken);
    await expect(registry.put('adult', files)).rejects.toThrowError(BUSY);
    await expect(registry.setAlias('adult', 'champion', 2)).rejects.toThrowError(BUSY);
    await expect(registry.delete('adult', 2)).rejects.toThrowError(BUSY);
    expect(await registryState(registry)).toEqual(before);
    expect(await readdir(join(root, '.staging'))).toEqual([]);
  });

  test('succeeds when its turn comes', async () => {
    const patient = fileRegistry(root);
    const { rename: original } = await vi.importActual<typeof import('node:fs/promises')>('node:fs/promises');
    vi.mocked(rename).mockImplementationOnce(taken).mockImplementationOnce(taken).mockImplementation(original);
    await patient.setAlias('adult', 'champion', 2);
    expect((await patient.get('adult')).version).toBe(2);
    expect((await patient.history('adult')).length).toBe(2);
  });
});
