// Profiles as files: `eda/profile_<time>.html` and `.json` under the artifacts folder; what is uploaded lies in `eda/uploads` until it is read.
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory, replaceFile } from '../../core/durable-files.js';
import { readStored } from '../../core/read-stored.js';
import { storageError, systemCode } from '../../core/storage-error.js';
import { TabwrightError } from '../../core/tabwright-error.js';

const ID = /^profile_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/;

/** What a profile can be read as. */
export type ProfileForm = 'html' | 'json';

/** A profile that is stored. */
export interface StoredProfile {
  readonly id: string;
  /** ISO time at which it was asked for. */
  readonly createdAt: string;
}

/** The profiles of an artifacts folder. */
export class ProfileFolder {
  readonly #path: string;
  #lastMs = 0;

  constructor(artifacts: string) {
    this.#path = join(artifacts, 'eda');
  }

  /** An id that no other profile of this folder has, made of the time. */
  async newId(): Promise<string> {
    for (;;) {
      this.#lastMs = Math.max(Date.now(), this.#lastMs + 1);
      const id = `profile_${new Date(this.#lastMs).toISOString().replaceAll(/[-:.]/g, '')}`;
      if (!(await this.has(id))) return id;
    }
  }

  /** Whether a profile is whole: its JSON is written last. */
  async has(id: string): Promise<boolean> {
    return (await stat(this.#file(id, 'json')).catch(() => undefined)) !== undefined;
  }

  /** @throws STORAGE_FULL, STORAGE_FAILED */
  async write(id: string, form: ProfileForm, text: string): Promise<void> {
    await makeDirectory(this.#path);
    await replaceFile(this.#file(id, form), text);
  }

  /** @throws FILE_NOT_FOUND, also for an id that is none; STORAGE_FAILED */
  async read(id: unknown, form: ProfileForm): Promise<Uint8Array> {
    if (typeof id !== 'string' || !ID.test(id) || !(await this.has(id))) {
      throw new TabwrightError('FILE_NOT_FOUND', 'there is no profile of that id');
    }
    const path = this.#file(id, form);
    return readStored(path, () => readFile(path));
  }

  /** Newest first. @throws STORAGE_FAILED */
  async list(): Promise<StoredProfile[]> {
    const ids = (await namesIn(this.#path)).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5));
    return ids
      .filter((id) => ID.test(id))
      .sort()
      .reverse()
      .map((id) => ({ id, createdAt: timeOf(id) }));
  }

  /** The path of an upload. @throws STORAGE_FULL, STORAGE_FAILED */
  async uploadPath(file: string): Promise<string> {
    await makeDirectory(this.#uploads());
    return join(this.#uploads(), file);
  }

  async removeUpload(file: string): Promise<void> {
    await rm(join(this.#uploads(), file), { force: true });
  }

  /** Removes the uploads that were last written before a time, but for those that are still wanted. */
  async sweepUploads(wanted: ReadonlySet<string>, beforeMs: number): Promise<void> {
    for (const file of await namesIn(this.#uploads())) {
      const found = wanted.has(file) ? undefined : await stat(join(this.#uploads(), file)).catch(() => undefined);
      if (found !== undefined && found.mtimeMs < beforeMs) await this.removeUpload(file);
    }
  }

  #uploads(): string {
    return join(this.#path, 'uploads');
  }

  #file(id: string, form: ProfileForm): string {
    return join(this.#path, `${id}.${form}`);
  }
}

function timeOf(id: string): string {
  const [, year, month, day, hour, minute, second, ms] = ID.exec(id) ?? [];
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`;
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw storageError(`cannot list ${path}`, error);
  }
}
