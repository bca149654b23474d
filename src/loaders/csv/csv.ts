// Loads CSV files as tables, without holding up the event loop; what reads them is imported when they are read.
import type { ColumnTable } from 'arquero';
import type { DataLoader, LoadControl } from '../../core/data-loader.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { type FileSource, isFileSource, localFile } from '../local-file.js';
import { encodingName } from '../text-bytes.js';
import type { BatchControl } from './batch-options.js';
import { csvDialect } from './csv-dialect.js';
import type { CsvFile } from './csv-file.js';
import { type CsvFileOptions, csvFileOptions, type ResolvedCsvFileOptions } from './csv-file-options.js';
import { withCsvSource } from './csv-source.js';

/**
 * Loads one CSV file as the table `data`. Nothing is read before `load`, which throws FILE_NOT_FOUND where there is no such
 * file, CANCELLED where its signal is aborted, and the errors of `parseCsv`. Progress counts the bytes parsed. Remote files
 * (`httpFile`, `s3Object`) are fetched to a temporary file first.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @example
 * const { data } = await csv('prospects.csv', { decimal: ',' }).load();
 */
export function csv(source: FileSource, options?: CsvFileOptions): CsvLoader<'data'>;
/**
 * Loads several CSV files as tables by name.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @example
 * const { customers, usage } = await csv({ customers: 'customers.csv', usage: 'usage.csv' }).load();
 */
export function csv<Name extends string>(
  sources: Readonly<Record<Name, FileSource>>,
  options?: CsvFileOptions,
): CsvLoader<Name>;
export function csv(
  source: FileSource | Readonly<Record<string, FileSource>>,
  options: CsvFileOptions = {},
): CsvLoader {
  const resolved = resolveOptions(csvFileOptions, options);
  csvDialect(resolved);
  encodingName(resolved.encoding);
  const sources = isFileSource(source) ? { data: source } : source;
  const files = Object.entries(sources).map(([name, from]): CsvFile => ({ name, open: localFile('csv', from) }));
  const loader: CsvLoader = {
    async load(control = {}) {
      const { loadCsvFiles } = await import('./load-csv-files.js');
      return loadCsvFiles(files, withMissing(resolved, control), control);
    },
    async *batches(control = {}) {
      const { csvFileBatches } = await import('./csv-file-batches.js');
      yield* csvFileBatches(files[0], withMissing(resolved, control), control);
    },
  };
  return withCsvSource(loader, files[0] && { open: files[0].open, options: resolved });
}

/** A loader of CSV files. */
export interface CsvLoader<Name extends string = string> extends DataLoader<Name> {
  /**
   * Reads the first file in batches, of which one is held at a time. Types are decided by declaration or by the first batch.
   * @throws COLUMN_INVALID for a later cell that does not fit its column; DATA_TOO_LARGE past `maxBytes`; the errors of `load`
   */
  batches(control?: BatchControl): AsyncIterable<ColumnTable>;
}

/** The options with the tokens that a schema declares. */
function withMissing(options: ResolvedCsvFileOptions, { missing = [] }: LoadControl): ResolvedCsvFileOptions {
  return missing.length === 0 ? options : { ...options, missing: [...options.missing, ...missing] };
}
