// One segment under way: bytes are appended whole or not at all, as far as a reader can see.
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { storageError } from '../../core/storage-error.js';

/** An open segment. */
export class SegmentWriter {
  readonly path: string;
  readonly startMs: number;
  /** Bytes of whole groups. */
  sizeBytes = 0;
  readonly #file: FileHandle;

  private constructor(path: string, startMs: number, file: FileHandle) {
    this.path = path;
    this.startMs = startMs;
    this.#file = file;
  }

  /** @throws STORAGE_FULL, STORAGE_FAILED */
  static async create(path: string, startMs: number): Promise<SegmentWriter> {
    try {
      return new SegmentWriter(path, startMs, await open(path, 'wx'));
    } catch (error) {
      throw storageError(`cannot make ${path}`, error);
    }
  }

  /**
   * Appends a group, which the end of the process does not touch from then on. Where that fails, the file ends after the group before.
   * @param isFlushed whether it is flushed to the disk too, so that a power cut does not touch it
   * @throws STORAGE_FULL, STORAGE_FAILED
   */
  async append(bytes: Uint8Array, isFlushed: boolean): Promise<void> {
    try {
      for (let at = 0; at < bytes.length; ) {
        const { bytesWritten } = await this.#file.write(bytes, at, bytes.length - at, this.sizeBytes + at);
        at += bytesWritten;
      }
      if (isFlushed) await this.#file.datasync();
    } catch (error) {
      // The next group is written over what is left of this one; a reader in between sees a torn last line.
      await this.#file.truncate(this.sizeBytes).catch(() => undefined);
      throw storageError(`cannot write ${this.path}`, error);
    }
    this.sizeBytes += bytes.length;
  }

  /** Flushes and closes. */
  async close(): Promise<void> {
    await this.#file.datasync().catch(() => undefined);
    await this.#file.close();
  }
}
