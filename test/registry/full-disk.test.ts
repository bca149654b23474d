// A disk that is really full: a small tmpfs, where the machine lets us mount one in a namespace of its own.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { childProgram } from './start-child.js';

/** A shell in a mount namespace of its own, with a disk of 512 KB at the first argument; runs the others as a command. */
const MOUNT = 'mount -t tmpfs -o size=512k tmpfs "$0" && exec "$@"';
const [UNSHARE, ...SHELL] = ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', MOUNT] as const;

function onSmallDisk(directory: string, ...command: readonly string[]) {
  return spawnSync(UNSHARE, [...SHELL, directory, ...command], { encoding: 'utf8' });
}

test('a full disk gives STORAGE_FULL, keeps every version whole and leaves nothing behind', async ({ skip }) => {
  const folder = await mkdtemp(join(tmpdir(), 'full-'));
  try {
    if (onSmallDisk(folder, 'true').status !== 0) skip('this machine lets nobody mount a tmpfs');
    const program = await childProgram(folder);
    const disk = await mkdtemp(join(folder, 'disk-'));
    const { stdout, stderr } = onSmallDisk(disk, process.execPath, program, join(disk, 'models'), 'fill', 'full', '1');
    expect(stderr).toBe('');
    const { code, told, versions, leftovers } = JSON.parse(stdout);
    expect(code).toBe('STORAGE_FULL');
    expect(told.length).toBeGreaterThan(3);
    expect(versions).toEqual(told);
    expect(leftovers).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
