// The contract of a file that is elsewhere: a file loader fetches its bytes to a local file before it reads them.
import type { FileHandle } from 'node:fs/promises';

/** How bytes are fetched. */
export interface FetchControl {
  readonly signal?: AbortSignal | undefined;
  /** Hears how many bytes have arrived, of how many, where the source says. */
  readonly onBytes?: ((completed: number, total: number | undefined) => void) | undefined;
}

/** A file that is not on this machine, in the place of a path. */
export interface ByteSource {
  /** What messages and progress call it; holds no credentials. */
  readonly name: string;
  /**
   * Writes all its bytes to an empty file. Whatever is wrong or cut off is an error.
   * @throws SOURCE_FAILED, DATA_TOO_LARGE, FILE_NOT_FOUND, CANCELLED
   */
  copyTo(file: FileHandle, control: FetchControl): Promise<void>;
}
