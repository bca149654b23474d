import type { FileHandle } from 'node:fs/promises';
import { storageError } from '../../core/storage-error.js';

/**
 * Writes all the bytes at a position, however many calls it takes.
 * @throws STORAGE_FULL, STORAGE_FAILED
 */
export async function writeAt(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  try {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
      done += bytesWritten;
    }
  } catch (error) {
    throw storageError('cannot store a remote file', error);
  }
}
