// The loader of a file by its name: CSV, Parquet, JSON or NDJSON.

import { type CsvLoader, csv } from './csv/csv.js';
import type { CsvFileOptions } from './csv/csv-file-options.js';
import { fileKind } from './file-kind.js';
import { json } from './json/json.js';
import { ndjson } from './json/ndjson.js';
import type { RecordLoader } from './json/record-loader.js';
import { type ParquetLoader, parquet } from './parquet/parquet.js';

/** The loader of some kind of file. */
export type FileLoader = CsvLoader<'data'> | ParquetLoader<'data'> | RecordLoader<'data'>;

/**
 * A loader of the file as its name says: `.parquet`, `.json`, `.ndjson` or `.jsonl`, also with `.gz` or `.zst` after JSON's; any
 * other name is CSV.
 * @param options of CSV; other files take none
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function fileLoader(path: string | URL, options: CsvFileOptions = {}): FileLoader {
  switch (fileKind(path)) {
    case 'parquet':
      return parquet(path);
    case 'json':
      return json(path);
    case 'ndjson':
      return ndjson(path);
    default:
      return csv(path, options);
  }
}
