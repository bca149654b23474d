import type { ColumnTable } from 'arquero';
import type { RunControl } from '../core/progress.js';
import { writeCsv } from './csv/write-csv.js';
import { writeJson, writeNdjson } from './json/write-json.js';
import { writeParquet } from './parquet/write-parquet.js';

/**
 * Writes a table to a file as its name says: `.parquet`, `.json`, `.ndjson` or `.jsonl`; any other name is CSV. In one step: the
 * file is whole, or as it was before.
 * @throws COLUMN_INVALID, VALUE_INVALID, DATA_EMPTY, STORAGE_FULL, STORAGE_FAILED, CANCELLED
 */
export async function writeTable(
  path: string | URL,
  table: ColumnTable,
  control: Pick<RunControl, 'signal'> = {},
): Promise<void> {
  const extension = /\.(parquet|json|ndjson|jsonl)$/i.exec(String(path))?.[1]?.toLowerCase();
  if (extension === 'parquet') await writeParquet(path, table, {}, control);
  else if (extension === 'json') await writeJson(path, table, {}, control);
  else if (extension !== undefined) await writeNdjson(path, table, control);
  else await writeCsv(path, table, {}, control);
}
