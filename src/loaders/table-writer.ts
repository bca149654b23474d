// Tables to the bytes of one file, one table after another, in any format that files have here; a writer can go on where another stopped.
import type { ColumnTable } from 'arquero';
import type { JsonObject } from '../core/json.js';
import { formatCsvPieces } from './csv/write-csv.js';
import { linePieces, ndjsonPieces } from './json/write-json.js';
import type { TableWriter } from './writes-tables.js';

/** What a file holds. */
export type TableFormat = 'csv' | 'json' | 'ndjson' | 'parquet';

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
