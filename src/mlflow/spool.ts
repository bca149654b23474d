// Runs and versions that wait for a server, in a folder: each a directory that appears whole. Who delivers one holds
// its owner file, which is made by one process only and counts for nothing once that process has ended.
import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { createDirectory, createFile } from '../core/durable-files.js';
import { isTabwrightError } from '../core/is-tabwright-error.js';
import { listNames, publishDirectory } from '../core/numbered-directories.js';
import { withStaging } from '../core/staging.js';
import { systemCode } from '../core/storage-error.js';
import { itemFiles, itemName, readItem, type SpoolItem } from './spool-item.js';

/** An item of the spool that this process may deliver. */
export interface SpooledItem {
  readonly path: string;
  /** @throws BUNDLE_INVALID where it was altered */
  read(): Promise<SpoolItem>;
  /** Leaves it to others. */
  release(): Promise<void>;
  /** Removes it: it was delivered. */
  remove(): Promise<void>;
}

/** The folder that is used where none is named. */
export const DEFAULT_SPOOL = './mlflow-spool';

const OWNER_FILE = 'owner.json';
/** Paths held by this process; its number alone may be that of a container's earlier life. */
const heldHere = new Set<string>();

/** Stores an item, held by this process. @throws STORAGE_FULL, STORAGE_FAILED */
export async function addToSpool(folder: string, item: SpoolItem): Promise<SpooledItem> {
  const root = resolve(folder);
  const name = itemName(item);
  const path = join(root, name);
  const files = (await itemFiles(item)).set(OWNER_FILE, ownerText());
  await withStaging(root, async (stage) => {
    const staged = join(stage, name);
    await createDirectory(staged, files);
    await publishDirectory(staged, path);
  });
  return spooledItem(path);
}

/** Names of the items in a spool folder, versions last; none where the folder is missing. @throws STORAGE_FAILED */
export async function listSpool(folder: string): Promise<readonly string[]> {
  return ((await listNames(resolve(folder))) ?? []).filter((name) => /^(run|version)-[0-9a-f]{32}$/.test(name)).sort();
}

/** An item, now held by this process; undefined where another one that lives holds it, or it is gone. */
export async function claimFromSpool(folder: string, name: string): Promise<SpooledItem | undefined> {
  const path = join(resolve(folder), name);
  const owner = join(path, OWNER_FILE);
  if (heldHere.has(path) || (await isHeld(owner))) return undefined;
  await rm(owner, { force: true });
  try {
    await createFile(owner, ownerText());
  } catch (error) {
    const code = isTabwrightError(error) ? systemCode(error.cause) : undefined;
    if (code === 'EEXIST' || code === 'ENOENT') return undefined;
    throw error;
  }
  return spooledItem(path);
}

function spooledItem(path: string): SpooledItem {
  heldHere.add(path);
  const leave = async (target: string) => {
    await rm(target, { recursive: true, force: true });
    heldHere.delete(path);
  };
  return {
    path,
    read: () => readItem(path),
    release: () => leave(join(path, OWNER_FILE)),
    remove: () => leave(path),
  };
}

function ownerText(): string {
  return JSON.stringify({ host: hostname(), pid: process.pid, token: randomUUID() });
}

/** A process on another machine counts as alive: remove its owner file by hand where it is not. */
async function isHeld(owner: string): Promise<boolean> {
  const text = await readFile(owner, 'utf8').catch(() => undefined);
  if (text === undefined) return false;
  try {
    const { host, pid } = JSON.parse(text);
    return host !== hostname() || (pid !== process.pid && isAlive(pid));
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}
