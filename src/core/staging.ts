// Where a change is written before it is visible: a hidden directory beside the models, so that a rename can publish it.
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory } from './durable-files.js';
import { storageError } from './storage-error.js';

/** Older leftovers belong to no writer that is alive: a bundle is in memory before it is staged, so staging is short. */
const LEFTOVER_AGE_MS = 3_600_000;

/**
 * Runs `use` with a directory of its own, and removes what it leaves there.
 * @throws STORAGE_FULL, STORAGE_FAILED
 */
export async function withStaging<T>(root: string, use: (stage: string) => Promise<T>): Promise<T> {
  const staging = join(root, '.staging');
  const stage = join(staging, randomUUID());
  await makeDirectory(staging);
  try {
    await mkdir(stage).catch((error) => {
      throw storageError(`cannot make the directory ${stage}`, error);
    });
    return await use(stage);
  } finally {
    await remove(stage);
    await sweep(staging);
  }
}

/**
 * Removes what killed writers left. Each leftover is renamed first: should its writer live after all, that writer fails
 * and cannot publish what is half removed. Whatever goes wrong here is for the next sweep, not for the caller.
 */
async function sweep(staging: string): Promise<void> {
  for (const name of await readdir(staging).catch(() => [])) {
    const leftover = join(staging, name);
    const doomed = join(staging, randomUUID());
    try {
      const { mtimeMs } = await stat(leftover);
      if (Date.now() - mtimeMs < LEFTOVER_AGE_MS) continue;
      await rename(leftover, doomed);
    } catch {
      continue;
    }
    await remove(doomed);
  }
}

async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}
