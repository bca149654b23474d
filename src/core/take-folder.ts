// The mark that one process at a time works on a folder: a file with its number, taken over from a process that is gone.
import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeDirectory, replaceFile } from './durable-files.js';
import type { TabwrightError } from './tabwright-error.js';

const OWNER = 'owner.json';
/** Folders that this process works on. */
const TAKEN = new Set<string>();

/**
 * Takes a folder for this process, which is made where it is absent.
 * @param busy makes the error where another has it: "process 123", or "another one of this process"
 * @returns leaves the folder to others
 * @throws what `busy` makes, STORAGE_FULL, STORAGE_FAILED
 */
export async function takeFolder(path: string, busy: (holder: string) => TabwrightError): Promise<() => Promise<void>> {
  const folder = resolve(path);
  if (TAKEN.has(folder)) throw busy('another one of this process');
  TAKEN.add(folder);
  try {
    await makeDirectory(folder);
    const owner = await ownerOf(folder);
    if (owner !== undefined && owner !== process.pid && isRunning(owner)) throw busy(`process ${owner}`);
    await replaceFile(join(folder, OWNER), JSON.stringify({ pid: process.pid }));
  } catch (error) {
    TAKEN.delete(folder);
    throw error;
  }
  return async () => {
    TAKEN.delete(folder);
    if ((await ownerOf(folder)) === process.pid) await rm(join(folder, OWNER), { force: true });
  };
}

async function ownerOf(folder: string): Promise<number | undefined> {
  const text = await readFile(join(folder, OWNER), 'utf8').catch(() => '{}');
  const { pid } = JSON.parse(text) as { pid?: number };
  return pid;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
