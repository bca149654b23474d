// Tables to the bytes of one file, one table after another, in any format that files have here; a writer can go on where another stopped.
import type { ColumnTable } from 'arquero';
import type { JsonObject } from '../core/json.js';
import { formatCsvPieces } from './csv/write-csv.js';
import { linePieces, ndjsonPieces } from './json/write-json.js';

/** What a file holds. */
export type TableFormat = 'csv' | 'json' | 'ndjson' | 'parquet';

/** Some of a file: text is UTF-8. */
export type FilePiece = string | Uint8Array;

/** Makes one file. */
export interface TableWriter {
  /** The bytes of a table's rows, to be taken to the end; all tables have the columns of the first. @throws COLUMN_INVALID */
  pieces(table: ColumnTable): Iterable<FilePiece>;
  /** The last bytes of the file. */
  end(): FilePiece;
  /** How far the file is, as plain data: a writer made with it goes on from there. */
  state(): JsonObject;
}

/** The format of a file by its name: `.parquet`, `.json`, `.ndjson` or `.jsonl`; any other name is CSV. */
export function tableFormat(path: string): TableFormat {
  const extension = /\.(parquet|json|ndjson|jsonl)$/i.exec(path)?.[1]?.toLowerCase();
  if (extension === 'parquet' || extension === 'json') return extension;
  return extension === undefined ? 'csv' : 'ndjson';
}

/** Makes the writer of a file; `state` is that of the writer it goes on from. */
export async function tableWriter(format: TableFormat, state?: JsonObject): Promise<TableWriter> {
  if (format === 'parquet') return (await import('./parquet/parquet-table-writer.js')).parquetTableWriter(state);
  let hasRows = state !== undefined;
  return {
    *pieces(table) {
      const isFirst = !hasRows;
      hasRows = true;
      if (format === 'csv') yield* formatCsvPieces(table, { header: isFirst });
      else if (format === 'ndjson') yield* ndjsonPieces(table);
      else yield* listPieces(table, isFirst);
    },
    end() {
      if (format !== 'json') return '';
      return hasRows ? '\n]\n' : '[]\n';
    },
    state: () => ({}),
  };
}

function* listPieces(table: ColumnTable, isFirst: boolean): Generator<string> {
  let before = isFirst ? '[' : ',';
  for (const lines of linePieces(table)) {
    yield `${before}\n${lines.join(',\n')}`;
    before = ',';
  }
}
