// Directories named 1, 2, 3, … that several processes add to with no lock: a rename onto a name that is taken fails.
import { readdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncDirectory } from './durable-files.js';
import { storageError, systemCode } from './storage-error.js';

/** A name that is taken: on POSIX always, and on Windows and SMB only where the name is indeed there. */
const TAKEN = new Set(['ENOTEMPTY', 'EEXIST']);
const PERHAPS_TAKEN = new Set(['EPERM', 'EACCES']);

/**
 * The numbers in use, ascending; undefined where the directory does not exist.
 * @throws STORAGE_FAILED
 */
export async function listNumbers(directory: string): Promise<number[] | undefined> {
  const names = await listNames(directory);
  return names
    ?.filter((name) => /^\d{1,15}$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

/**
 * The names in a directory but those that start with a dot; undefined where it does not exist.
 * @throws STORAGE_FAILED
 */
export async function listNames(directory: string): Promise<string[] | undefined> {
  try {
    return (await readdir(directory)).filter((name) => !name.startsWith('.'));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw storageError(`cannot list ${directory}`, error);
  }
}

/**
 * Gives a flushed directory its final name, and flushes that; false where the name is taken. Only one of several callers
 * gets a name, since a directory that is never empty cannot be replaced.
 * @throws STORAGE_FULL, STORAGE_FAILED
 */
export async function publishDirectory(staged: string, target: string): Promise<boolean> {
  try {
    await rename(staged, target);
  } catch (error) {
    const code = systemCode(error) ?? '';
    if (TAKEN.has(code) || (PERHAPS_TAKEN.has(code) && (await exists(target)))) return false;
    throw storageError(`cannot store ${target}`, error);
  }
  await syncDirectory(dirname(target));
  return true;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
