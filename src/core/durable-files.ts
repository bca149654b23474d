// File writes that survive a crash: flushed before they get their name, so that a name never stands for half a file.
import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { isTabwrightError } from './is-tabwright-error.js';
import { storageError } from './storage-error.js';

/** What a file is to hold: bytes, or text as UTF-8, at once or in pieces. */
export type FileContent = Uint8Array | string | AsyncIterable<string | Uint8Array>;

/**
 * Writes a file, or replaces it, in one step: readers and crashes see the old content or the new, nothing between.
 * @throws STORAGE_FULL, STORAGE_FAILED, and what the pieces throw; the old content stands then
 */
export async function replaceFile(path: string, content: FileContent): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    await createFile(temporary, content);
    await moveInto(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncDirectory(dirname(path));
}

/**
 * Writes a new file and flushes it. Its name is durable only after {@link syncDirectory} on its folder.
 * @throws STORAGE_FULL, STORAGE_FAILED, also where the file exists
 */
export async function createFile(path: string, content: FileContent): Promise<void> {
  try {
    const file = await open(path, 'wx');
    try {
      await writeFile(file, content);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw isTabwrightError(error) ? error : storageError(`cannot write ${path}`, error);
  }
}

/**
 * Makes a directory and those above it, each flushed into the one that holds it; does nothing where it exists.
 * @throws STORAGE_FULL, STORAGE_FAILED
 */
export async function makeDirectory(path: string): Promise<void> {
  let first: string | undefined;
  try {
    first = await mkdir(path, { recursive: true });
  } catch (error) {
    throw storageError(`cannot make the directory ${path}`, error);
  }
  if (first === undefined) return;
  const top = dirname(resolve(first));
  for (let made = resolve(path); made !== top; made = dirname(made)) await syncDirectory(dirname(made));
}

/**
 * Writes a new directory with its files, all flushed. A crash can leave part of it: write it under a name that nobody
 * reads, then rename it.
 * @param files Contents by relative path with forward slashes; the caller has checked the paths.
 * @throws STORAGE_FULL, STORAGE_FAILED, also where the directory exists
 */
export async function createDirectory(path: string, files: ReadonlyMap<string, Uint8Array | string>): Promise<void> {
  const folders = foldersOf(files.keys());
  try {
    for (const folder of folders) await mkdir(join(path, folder));
  } catch (error) {
    throw storageError(`cannot make the directory ${path}`, error);
  }
  for (const [name, content] of files) await createFile(join(path, name), content);
  for (const folder of folders) await syncDirectory(join(path, folder));
}

/**
 * Flushes the names in a directory, so that a rename into it survives a power cut. Does nothing on Windows, which has no
 * such call.
 * @throws STORAGE_FULL, STORAGE_FAILED
 */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const directory = await open(path, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  } catch (error) {
    throw storageError(`cannot flush the directory ${path}`, error);
  }
}

/** The folders that files lie in, each after the one that holds it; the first is the directory itself. */
function foldersOf(paths: Iterable<string>): Set<string> {
  const folders = new Set(['']);
  for (const path of paths) {
    for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) folders.add(path.slice(0, end));
  }
  return folders;
}

async function moveInto(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    throw storageError(`cannot write ${to}`, error);
  }
}
