// A file of rows as tables of some thousand rows each, whatever its format: the same pieces each time it is read.
import { stat } from 'node:fs/promises';
import type { ColumnTable } from 'arquero';
import type { FeatureSpec } from '../core/feature-spec.js';
import type { RunControl } from '../core/progress.js';
import { csv as csvTable } from '../loaders/csv/csv.js';
import type { CsvBlock } from '../loaders/csv/csv-blocks.js';
import { csvFileBlocks } from '../loaders/csv/csv-file-blocks.js';
import type { CsvFileOptions } from '../loaders/csv/csv-file-options.js';
import { json } from '../loaders/json/json.js';
import { ndjson } from '../loaders/json/ndjson.js';
import { tableFormat } from '../loaders/table-writer.js';
import { rowSlice } from '../table/row-slice.js';

/** Some rows of a file. */
export interface FilePiece {
  readonly table: ColumnTable;
  /** The rows as they stand in the file, where it is CSV; valid until the next piece is asked for. */
  readonly text?: CsvBlock | undefined;
}

/** Which file, and what of it. */
export interface PiecesRequest extends RunControl {
  readonly path: string;
  readonly spec: FeatureSpec;
  /** The columns that are wanted beside the features; all of them where absent. */
  readonly columns?: readonly string[] | undefined;
  readonly csv: CsvFileOptions;
}

const PIECE_ROWS = 65_536;
const PIECE_BYTES = 8_388_608;
const SMALL_BYTES = 134_217_728;

/** Reads the file. @throws the errors of its loader, with COLUMN_MISSING where a Parquet file has not all columns */
export async function filePieces(request: PiecesRequest): Promise<AsyncIterable<FilePiece>> {
  const { path, spec, columns, csv, signal, onProgress } = request;
  const types = Object.fromEntries(spec.fields.map(({ name, type }) => [name, type]));
  const control = { types, missing: spec.missing, signal, onProgress };
  const format = tableFormat(path.replace(/\.(gz|zst)$/i, ''));
  if (format === 'parquet') {
    const wanted = columns && { columns: [...new Set([...spec.fields.map(({ name }) => name), ...columns])] };
    const { parquet } = await import('../loaders/parquet/parquet.js');
    return ahead(parquet(path, wanted).batches({ ...control, rows: PIECE_ROWS }));
  }
  if (format === 'json') return ahead(json(path).batches({ ...control, rows: PIECE_ROWS }));
  if (format === 'ndjson') return ahead(ndjson(path).batches({ ...control, rows: PIECE_ROWS }));
  if (columns?.length === 0 && (await isSmall(path))) return slices(csvTable(path, csv).load(control));
  return blocks(csvFileBlocks(path, csv, { ...control, bytes: PIECE_BYTES, otherTypes: 'string' }));
}

/** Whether a file may be read at once, which threads do together. */
async function isSmall(path: string): Promise<boolean> {
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  return size > 0 && size <= SMALL_BYTES;
}

async function* slices(loading: Promise<{ readonly data: ColumnTable }>): AsyncGenerator<FilePiece> {
  const { data } = await loading;
  const nRows = data.numRows();
  for (let from = 0; from < nRows; from += PIECE_ROWS) {
    yield { table: rowSlice(data, from, Math.min(from + PIECE_ROWS, nRows)) };
  }
}

async function* blocks(source: AsyncIterable<CsvBlock>): AsyncGenerator<FilePiece> {
  for await (const text of source) yield { table: text.table, text };
}

/** Each table while the next one is read, which other threads do. */
async function* ahead(source: AsyncIterable<ColumnTable>): AsyncGenerator<FilePiece> {
  const tables = source[Symbol.asyncIterator]();
  let next = tables.next();
  try {
    for (let found = await next; !found.done; found = await next) {
      next = tables.next();
      // Its failure is told when its turn comes.
      next.catch(() => undefined);
      yield { table: found.value };
    }
  } finally {
    await next.catch(() => undefined);
    await tables.return?.();
  }
}
