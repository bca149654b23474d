// Jobs as files, one JSON document each, replaced in one step; and the mark that one process at a time works on them.
import { readdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeDirectory, replaceFile } from '../core/durable-files.js';
import type { Job } from '../core/job-queue.js';
import { TabwrightError } from '../core/tabwright-error.js';

const OWNER = 'owner.json';
const JOB_FILE = /^job-[\w-]+\.json$/;
/** Folders that queues of this process work on. */
const TAKEN = new Set<string>();

/** The stored jobs of a folder. */
export class JobFolder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = resolve(path);
  }

  /**
   * Takes the folder for this process and reads its jobs. A mark of a process that is gone is taken over.
   * @throws JOBS_BUSY where another process or another queue has it, STORAGE_FULL, STORAGE_FAILED
   */
  async open(): Promise<Job[]> {
    if (TAKEN.has(this.#path)) {
      throw new TabwrightError('JOBS_BUSY', `jobs: another queue of this process works on ${this.#path}`);
    }
    TAKEN.add(this.#path);
    try {
      return await this.#take();
    } catch (error) {
      TAKEN.delete(this.#path);
      throw error;
    }
  }

  async #take(): Promise<Job[]> {
    await makeDirectory(this.#path);
    const owner = await this.#owner();
    if (owner !== undefined && owner !== process.pid && isRunning(owner)) {
      throw new TabwrightError('JOBS_BUSY', `jobs: process ${owner} works on ${this.#path}; one process at a time can`);
    }
    await replaceFile(join(this.#path, OWNER), JSON.stringify({ pid: process.pid }));
    const names = (await readdir(this.#path)).filter((name) => JOB_FILE.test(name));
    const jobs = await Promise.all(names.map((name) => readJob(join(this.#path, name))));
    return jobs.filter((job) => job !== undefined);
  }

  /** Keeps a job as it is now. @throws STORAGE_FULL, STORAGE_FAILED */
  async keep({ progress, ...job }: Job): Promise<void> {
    await replaceFile(join(this.#path, fileOf(job.id)), JSON.stringify(job));
  }

  /** Forgets a job. */
  async drop(id: string): Promise<void> {
    await rm(join(this.#path, fileOf(id)), { force: true });
  }

  /** Leaves the folder to another process. */
  async release(): Promise<void> {
    TAKEN.delete(this.#path);
    if ((await this.#owner()) === process.pid) await rm(join(this.#path, OWNER), { force: true });
  }

  async #owner(): Promise<number | undefined> {
    const text = await readFile(join(this.#path, OWNER), 'utf8').catch(() => '{}');
    const { pid } = JSON.parse(text) as { pid?: number };
    return pid;
  }
}

function fileOf(id: string): string {
  return `job-${id}.json`;
}

/** A job that cannot be read is passed over: it was not written by this queue. */
async function readJob(path: string): Promise<Job | undefined> {
  try {
    const job = JSON.parse(await readFile(path, 'utf8')) as Job;
    return typeof job.id === 'string' && typeof job.kind === 'string' ? job : undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
