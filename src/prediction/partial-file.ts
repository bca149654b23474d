// A file that takes long to write: it grows under another name, beside a note of how far it is, and gets its own name when it is whole.
import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { replaceFile, syncDirectory } from '../core/durable-files.js';
import type { Json, JsonObject } from '../core/json.js';
import { storageError } from '../core/storage-error.js';
import type { FilePiece } from '../loaders/writes-tables.js';

/** What is written down between two pieces of work. */
export interface Checkpoint {
  /** What the work is; a checkpoint of other work is no use. */
  readonly work: JsonObject;
  /** How far the work is. */
  readonly progress: JsonObject;
  /** Bytes of the file that stand for it. */
  readonly nBytes: number;
}

/** Milliseconds between two notes: flushing each piece would take longer than the work. */
const NOTE_MS = 1000;

/** One file in the making: `<path>.partial`, with `<path>.partial.json` beside it. */
export class PartialFile {
  readonly #path: string;
  readonly #work: JsonObject;
  readonly #file: FileHandle;
  #nBytes: number;
  #notedAt = performance.now();

  private constructor(path: string, work: JsonObject, file: FileHandle, nBytes: number) {
    this.#path = path;
    this.#work = work;
    this.#file = file;
    this.#nBytes = nBytes;
  }

  /**
   * Begins the file, or goes on with it where `resume` is set and the same work was noted before; gives how far that was.
   * @throws STORAGE_FULL, STORAGE_FAILED
   */
  static async open(
    path: string,
    work: JsonObject,
    resume: boolean,
  ): Promise<{ file: PartialFile; progress: JsonObject | undefined }> {
    const noted = resume ? await readNote(path, work) : undefined;
    return guarded(path, async () => {
      const handle = await open(partial(path), noted === undefined ? 'w' : 'r+');
      if (noted !== undefined) await handle.truncate(noted.nBytes);
      return { file: new PartialFile(path, work, handle, noted?.nBytes ?? 0), progress: noted?.progress };
    });
  }

  /** Bytes so far. */
  get nBytes(): number {
    return this.#nBytes;
  }

  /** @throws STORAGE_FULL, STORAGE_FAILED */
  async write(piece: FilePiece): Promise<void> {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    if (bytes.length === 0) return;
    await guarded(this.#path, async () => {
      let written = 0;
      while (written < bytes.length) {
        const { bytesWritten } = await this.#file.write(bytes, written, bytes.length - written, this.#nBytes + written);
        written += bytesWritten;
      }
    });
    this.#nBytes += bytes.length;
  }

  /** Notes how far the work is, now and then. @throws STORAGE_FULL, STORAGE_FAILED */
  async note(progress: () => JsonObject): Promise<void> {
    if (performance.now() - this.#notedAt < NOTE_MS) return;
    await guarded(this.#path, () => this.#file.datasync());
    const note: Checkpoint = { work: this.#work, progress: progress(), nBytes: this.#nBytes };
    await replaceFile(noteOf(this.#path), JSON.stringify(note));
    this.#notedAt = performance.now();
  }

  /** Gives the file its name. @throws STORAGE_FULL, STORAGE_FAILED */
  async finish(): Promise<void> {
    await guarded(this.#path, async () => {
      await this.#file.sync();
      await this.#file.close();
      await rename(partial(this.#path), this.#path);
    });
    await syncDirectory(dirname(this.#path));
    await rm(noteOf(this.#path), { force: true });
  }

  /** Leaves the file as the last note has it; one that was never noted is removed. */
  async leave(): Promise<void> {
    await this.#file.close().catch(() => undefined);
    if ((await readNote(this.#path, this.#work)) === undefined) await rm(partial(this.#path), { force: true });
  }
}

function partial(path: string): string {
  return `${path}.partial`;
}

function noteOf(path: string): string {
  return `${path}.partial.json`;
}

/** The note of this work, where there is one that is whole. */
async function readNote(path: string, work: JsonObject): Promise<Checkpoint | undefined> {
  try {
    const note = JSON.parse(await readFile(noteOf(path), 'utf8')) as Partial<Checkpoint>;
    const { progress, nBytes } = note;
    if (!isSame(note.work, work) || typeof nBytes !== 'number' || progress === undefined) return undefined;
    return { work, progress, nBytes };
  } catch {
    return undefined;
  }
}

function isSame(a: Json | undefined, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

async function guarded<T>(path: string, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    throw storageError(`cannot write ${path}`, error);
  }
}
