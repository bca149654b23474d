// Tables as Parquet, at once or batch by batch.
import { fileURLToPath } from 'node:url';
import type { ColumnTable } from 'arquero';
import { replaceFile } from '../../core/durable-files.js';
import type { RunControl } from '../../core/progress.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { timeSlice } from '../../core/time-slice.js';
import { makeTable } from '../../table/make-table.js';
import { plainTable } from '../../table/plain-table.js';
import { readColumn } from '../../table/read-column.js';
import { rowSlice } from '../../table/row-slice.js';
import { ParquetEncoder } from './parquet-encoder.js';
import { type ResolvedWriteParquetOptions, type WriteParquetOptions, writeParquetOptions } from './write-options.js';

/**
 * A table as a Parquet file: numbers as doubles, strings as UTF-8 (by dictionary where they repeat), booleans, instants as UTC
 * milliseconds, missing cells as nulls.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @throws COLUMN_INVALID for a column that mixes kinds of values; DATA_EMPTY for a table without columns
 */
export function formatParquet(table: ColumnTable, options: WriteParquetOptions = {}): Uint8Array {
  const resolved = resolveOptions(writeParquetOptions, options);
  const plain = typedTable(table);
  const encoder = new ParquetEncoder(plain, resolved);
  return Buffer.concat([encoder.head(), ...tablePieces(encoder, plain, resolved), encoder.foot()]);
}

/**
 * Writes a table, or batches of one, to a file as {@link formatParquet} has it, in one step: the file is whole, or as it was
 * before. Of batches one is held at a time; each makes row groups of its own, so that batches of some ten thousand rows suit
 * readers best. All batches must have the columns of the first, which has at least one row of each kind of value.
 * @throws OPTION_INVALID, OPTION_UNKNOWN, COLUMN_INVALID, DATA_EMPTY, STORAGE_FULL, STORAGE_FAILED, CANCELLED, and what the
 * batches throw
 * @example
 * await writeParquet('scores.parquet', scoresOf(csv('prospects.csv').batches()));
 */
export async function writeParquet(
  path: string | URL,
  data: ColumnTable | AsyncIterable<ColumnTable>,
  options: WriteParquetOptions = {},
  { signal }: Pick<RunControl, 'signal'> = {},
): Promise<void> {
  const resolved = resolveOptions(writeParquetOptions, options);
  await replaceFile(typeof path === 'string' ? path : fileURLToPath(path), filePieces(data, resolved, signal));
}

/** The bytes of the file, letting the event loop turn between column chunks. */
async function* filePieces(
  data: ColumnTable | AsyncIterable<ColumnTable>,
  options: ResolvedWriteParquetOptions,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const slice = timeSlice(signal);
  let encoder: ParquetEncoder | undefined;
  for await (const batch of Symbol.asyncIterator in data ? data : [data]) {
    const table = typedTable(batch);
    if (encoder === undefined) {
      encoder = new ParquetEncoder(table, options);
      yield encoder.head();
    }
    for (const piece of tablePieces(encoder, table, options)) {
      yield piece;
      await slice.pause();
    }
  }
  if (encoder === undefined) throw new TabwrightError('DATA_EMPTY', 'writeParquet: there must be at least one batch');
  yield encoder.foot();
}

/** The table with every column typed, so that it is looked at once. */
export function typedTable(table: ColumnTable): ColumnTable {
  const plain = plainTable(table);
  return makeTable(plain.columnNames().map((name) => [name, readColumn(plain, name)] as const));
}

/** The row groups of a table, column by column. */
export function* tablePieces(
  encoder: ParquetEncoder,
  table: ColumnTable,
  { rowGroupRows }: ResolvedWriteParquetOptions,
): Generator<Uint8Array> {
  const nRows = table.numRows();
  for (let from = 0; from < nRows; from += rowGroupRows) {
    yield* encoder.rowGroup(rowSlice(table, from, Math.min(from + rowGroupRows, nRows)));
  }
}
