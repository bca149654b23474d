// What a profile reads: chunks of rows that are handed over from first to last, by a loader's batches, by a table in memory, or by the
// pieces of a CSV file, which the threads of the profile read themselves.
import type { ColumnTable } from 'arquero';
import type { DataLoader } from '../core/data-loader.js';
import type { RunControl } from '../core/progress.js';
import { csvPieces } from '../loaders/csv/csv-pieces.js';
import type { ColumnChunk, TableChunk } from './column-chunk.js';
import { PieceSource } from './piece-source.js';
import type { ProfileCrew } from './profile-crew.js';
import { TableBatches } from './table-batches.js';

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

/** Opens the data, has it read and closes it. */
export async function withTable<R>(
  data: DataLoader | ColumnTable,
  control: SourceControl,
  read: (table: TableSource) => Promise<R>,
): Promise<R> {
  const source = await opened(data, control);
  try {
    return await read(source);
  } finally {
    await source.close();
  }
}

async function opened(data: DataLoader | ColumnTable, control: SourceControl): Promise<TableSource> {
  const { table, ...run } = control;
  const pieces = table === undefined ? await csvPieces(data, run) : undefined;
  const batches = new TableBatches(data, control);
  if (pieces !== undefined) return new PieceSource(pieces, batches);
  await batches.open();
  return batches;
}
