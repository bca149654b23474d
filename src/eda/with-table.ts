// Which source a profile reads: the pieces of a CSV file, which its threads read themselves, or a loader's batches or a table in memory.
import type { ColumnTable } from 'arquero';
import type { DataLoader } from '../core/data-loader.js';
import { csvPieces } from '../loaders/csv/csv-pieces.js';
import { PieceSource } from './piece-source.js';
import { TableBatches } from './table-batches.js';
import type { SourceControl, TableSource } from './table-source.js';

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
