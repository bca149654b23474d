// Tags set after registration: one file a tag beside the versions, so that two writers of two tags cannot meet.
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createFile, makeDirectory, syncDirectory } from '../core/durable-files.js';
import { listNames } from '../core/numbered-directories.js';
import { readStored } from '../core/read-stored.js';
import { storageError } from '../core/storage-error.js';
import { TabwrightError } from '../core/tabwright-error.js';

/**
 * Stores one tag in place of an earlier one.
 * @param directory Holds the tags of one version.
 * @param stage A directory of the caller's own, on the same disk.
 * @throws STORAGE_FULL, STORAGE_FAILED; the earlier value stands then
 */
export async function writeTag(directory: string, stage: string, name: string, value: string): Promise<void> {
  const staged = join(stage, tagFile(name));
  const target = join(directory, tagFile(name));
  await createFile(staged, `${JSON.stringify(value)}\n`);
  await makeDirectory(directory);
  try {
    await rename(staged, target);
  } catch (error) {
    throw storageError(`cannot store ${target}`, error);
  }
  await syncDirectory(directory);
}

/**
 * The tags in a directory; none where it does not exist.
 * @throws BUNDLE_INVALID, STORAGE_FAILED
 */
export async function readTags(directory: string): Promise<Record<string, string>> {
  const tags: [string, string][] = [];
  for (const file of (await listNames(directory)) ?? []) {
    const path = join(directory, file);
    tags.push([
      file.slice(0, -tagFile('').length),
      parseTag(await readStored(path, () => readFile(path, 'utf8')), path),
    ]);
  }
  return Object.fromEntries(tags);
}

function tagFile(name: string): string {
  return `${name}.json`;
}

function parseTag(text: string, path: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'string') return value;
  } catch {}
  throw new TabwrightError('BUNDLE_INVALID', `${path} is cut off or altered: it is not a JSON string`);
}
