// Jobs as files, one JSON document each, replaced in one step.
import { readdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { replaceFile } from '../core/durable-files.js';
import type { Job } from '../core/job-queue.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { takeFolder } from '../core/take-folder.js';

const JOB_FILE = /^job-[\w-]+\.json$/;

/** The stored jobs of a folder. */
export class JobFolder {
  readonly #path: string;
  #leave = async (): Promise<void> => {};

  constructor(path: string) {
    this.#path = resolve(path);
  }

  /**
   * Takes the folder for this process and reads its jobs. A mark of a process that is gone is taken over.
   * @throws JOBS_BUSY where another process or another queue has it, STORAGE_FULL, STORAGE_FAILED
   */
  async open(): Promise<Job[]> {
    this.#leave = await takeFolder(
      this.#path,
      (holder) => new TabwrightError('JOBS_BUSY', `jobs: ${holder} works on ${this.#path}; one queue at a time can`),
    );
    try {
      const names = (await readdir(this.#path)).filter((name) => JOB_FILE.test(name));
      const jobs = await Promise.all(names.map((name) => readJob(join(this.#path, name))));
      return jobs.filter((job) => job !== undefined);
    } catch (error) {
      await this.#leave();
      throw error;
    }
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
    await this.#leave();
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
