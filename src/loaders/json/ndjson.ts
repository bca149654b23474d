// Loads files with one JSON object a line.
import type { FileSource } from '../local-file.js';
import type { JsonOptions } from './json-options.js';
import { ndjsonRecords } from './ndjson-records.js';
import { type RecordLoader, recordLoader } from './record-loader.js';
import { recordTables } from './record-tables.js';

/**
 * Loads one NDJSON file as the table `data`: a row an object, a column a key, missing where a record has no such key or null.
 * Nothing is read before `load`, which throws FILE_NOT_FOUND, JSON_MALFORMED with the line, COLUMN_INVALID for nested values and
 * integers that a double does not hold, TEXT_ENCODING, DATA_EMPTY, DATA_TOO_LARGE, CANCELLED. Progress counts bytes.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @example
 * const { data } = await ndjson('events.ndjson.gz').load();
 */
export function ndjson(source: FileSource, options?: JsonOptions): RecordLoader<'data'>;
/**
 * Loads several NDJSON files as tables by name.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function ndjson<Name extends string>(
  sources: Readonly<Record<Name, FileSource>>,
  options?: JsonOptions,
): RecordLoader<Name>;
export function ndjson(
  source: FileSource | Readonly<Record<string, FileSource>>,
  options: JsonOptions = {},
): RecordLoader {
  return recordLoader('ndjson', source, options, (request) => recordTables(ndjsonRecords(request), request));
}
