// What a full disk or a kill leaves behind, at every single call that a change makes on the file system.
import { cp, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Registry } from '../../src/core/registry.js';
import { fileRegistry } from '../../src/registry/file-registry.js';
import { type Fault, watchFiles } from '../core/faulty-files.js';
import { registryState } from './registry-state.js';

vi.mock('node:fs/promises', async (importOriginal) => {
  const { faultyFiles } = await import('../core/faulty-files.js');
  return faultyFiles(await importOriginal());
});

const files = (content: string) => new Map([['a/model', new TextEncoder().encode(content)]]);

const CHANGES: Readonly<Record<string, (registry: Registry) => Promise<unknown>>> = {
  'the first put of all': (registry) => registry.put('new', files('new'), { tags: { a: 'b' } }),
  'a later put': (registry) => registry.put('adult', files('three'), { tags: { a: 'b' } }),
  setAlias: (registry) => registry.setAlias('adult', 'champion', 2, 'better'),
  deleteAlias: (registry) => registry.deleteAlias('adult', 'champion'),
  'the first setTag': (registry) => registry.setTag('adult', 1, 'owner', 'ada'),
  'a later setTag': (registry) => registry.setTag('adult', 2, 'owner', 'bob'),
  delete: (registry) => registry.delete('adult', 2),
};

let root = '';
let nDirectories = 0;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'crash-'));
  const registry = fileRegistry(join(root, 'known'));
  for (const content of ['one', 'two']) await registry.put('adult', files(content));
  await registry.setTag('adult', 2, 'owner', 'ada');
});
afterEach(() => rm(root, { recursive: true }));

/** A registry of its own, in a known state; for the first put of all, none yet. */
async function prepared(change: string): Promise<string> {
  const directory = join(root, String(nDirectories++));
  if (change !== 'the first put of all') await cp(join(root, 'known'), directory, { recursive: true });
  return directory;
}

/** The states around the change, and its renames: the last one makes it visible. */
async function wholeRun(change: string) {
  const directory = await prepared(change);
  const before = await registryState(fileRegistry(directory));
  const { calls, error } = await watchFiles(() => run(change, directory));
  expect(error).toBeUndefined();
  return { nRenames: nRenames(calls), before, done: await registryState(fileRegistry(directory)) };
}

/** Makes the change with one fault after another, until one comes after the last call. */
async function* faultyRuns(change: string, how: Fault['how']) {
  const whole = await wholeRun(change);
  let directory = await prepared(change);
  for (let call = 0; ; call++) {
    const { calls, error } = await watchFiles(() => run(change, directory), { call, how });
    if (calls.length <= call) return;
    const after = await registryState(fileRegistry(directory));
    const visible = nRenames(calls.slice(0, call)) === whole.nRenames;
    yield { directory, after, expected: visible ? whole.done : whole.before, visible, error, failed: `${calls[call]}` };
    if (visible) directory = await prepared(change);
  }
}

function nRenames(calls: readonly string[]): number {
  return calls.filter((call) => call.startsWith('rename')).length;
}

async function run(change: string, directory: string): Promise<unknown> {
  return CHANGES[change]?.(fileRegistry(directory));
}

async function leftovers(directory: string): Promise<string[]> {
  return readdir(join(directory, '.staging')).catch(() => []);
}

/** A later change works, and clears away what the dead writers left, once that is an hour old. */
async function expectUsable(directory: string): Promise<void> {
  const longAgo = Date.now() / 1000 - 3700;
  for (const leftover of await leftovers(directory))
    await utimes(join(directory, '.staging', leftover), longAgo, longAgo);
  const { name, version } = await fileRegistry(directory).put('adult', files('next'));
  expect([...(await fileRegistry(directory).read(name, version)).keys()]).toEqual(['a/model']);
  expect(await leftovers(directory)).toEqual([]);
}

describe.each(Object.keys(CHANGES))('%s', (change) => {
  test('on a full disk gives STORAGE_FULL and leaves all as it was', async () => {
    for await (const { directory, after, expected, visible, error, failed } of faultyRuns(change, 'full')) {
      expect(after, failed).toEqual(expected);
      // Past the rename, the folder may still fail to be flushed, which is told; cleaning up may fail silently.
      const told = !visible || /^(open|sync|close) /.test(failed);
      expect(error, failed).toEqual(told ? expect.objectContaining({ code: 'STORAGE_FULL' }) : undefined);
      if (!visible) expect(await leftovers(directory), failed).toEqual([]);
    }
  });

  test('killed at any call leaves the old state or the new one', async () => {
    let nVisible = 0;
    for await (const { directory, after, expected, visible, failed } of faultyRuns(change, 'dead')) {
      expect(after, failed).toEqual(expected);
      if (visible) await expectUsable(directory);
      if (visible) nVisible++;
    }
    expect(nVisible).toBeGreaterThan(1);
  });
});

test('what a killed delete did not remove goes with the next one', async () => {
  for await (const { directory, visible } of faultyRuns('delete', 'dead')) {
    if (!visible) continue;
    const registry = fileRegistry(directory);
    const { version } = await registry.put('adult', files('next'));
    await registry.delete('adult', version);
    expect(await readdir(join(directory, 'adult/versions/2'))).toEqual(['manifest.json']);
  }
});
