// What a profile reads: chunks of rows that are handed over from first to last.
import type { RunControl } from '../core/progress.js';
import type { ColumnChunk, TableChunk } from './column-chunk.js';
import type { ProfileCrew } from './profile-crew.js';

/** Takes a table in. */
export interface ChunkTaker {
  /** Makes ready for columns of these kinds. */
  open(kinds: readonly ColumnChunk['kind'][]): Promise<void>;
  /** Takes the rows that follow; they may be overwritten once the promise is kept. */
  take(chunk: TableChunk): Promise<void>;
}

/** A table to be read from first to last chunk. */
export interface TableSource {
  readonly names: readonly string[];
  readonly isInMemory: boolean;
  /** Whether this thread is busy reading. */
  readonly isReadHere: boolean;
  /** Whether starting threads would take longer than it saves. */
  readonly isSmall: boolean;
  /** Hands all rows over; false where a column turned out to be of another type, and all is to be read again. */
  read(to: ChunkTaker, crew: ProfileCrew): Promise<boolean>;
  close(): Promise<void>;
}

/** Which table to read. */
export interface SourceControl extends RunControl {
  /** Name of the table, where a loader has several. */
  readonly table: string | undefined;
}
