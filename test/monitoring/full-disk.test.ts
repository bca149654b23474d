// A disk that is really full: a small tmpfs, where the machine lets us mount one in a namespace of its own.
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { childProgram } from '../registry/start-child.js';
import { temporaryFolder } from '../temporary-folder.js';

/** A shell in a mount namespace of its own, with a disk of 512 KB at the first argument; runs the others as a command. */
const MOUNT = 'mount -t tmpfs -o size=512k tmpfs "$0" && exec "$@"';
const [UNSHARE, ...SHELL] = ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', MOUNT] as const;

function onSmallDisk(directory: string, ...command: readonly string[]) {
  return spawnSync(UNSHARE, [...SHELL, directory, ...command], { encoding: 'utf8' });
}

test('a full disk costs records, which are counted, and no prediction', async ({ skip }) => {
  const folder = temporaryFolder();
  if (onSmallDisk(folder, 'true').status !== 0) skip('this machine lets nobody mount a tmpfs');
  const program = await childProgram(folder, new URL('./log-child.ts', import.meta.url));
  const disk = mkdtempSync(join(folder, 'disk-'));
  const { stdout, stderr } = onSmallDisk(disk, process.execPath, program, 'fill', join(disk, 'log'));
  expect(stderr).toBe('');
  const { made, estimatedRows, droppedInTime, written, dropped, pending, read } = JSON.parse(stdout);
  expect(droppedInTime).toBeGreaterThan(0);
  expect(estimatedRows).toBe(Math.min(made, 10_000));
  expect([written + dropped, pending]).toEqual([made, 0]);
  expect(read).toBe(written);
  expect(written).toBeGreaterThan(1000);
});
