// What a CSV loader reads, for those that read a file's pieces themselves instead of tables.
import type { OpensLocalFile } from '../local-file.js';
import type { ResolvedCsvFileOptions } from './csv-file-options.js';

/** The first file of a loader. */
export interface CsvSource {
  readonly open: OpensLocalFile;
  readonly options: ResolvedCsvFileOptions;
}

const sources = new WeakMap<object, CsvSource>();

/** Remembers what a loader reads; the loader. */
export function withCsvSource<L extends object>(loader: L, source: CsvSource | undefined): L {
  if (source !== undefined) sources.set(loader, source);
  return loader;
}

/** What the loader reads, where it is one of CSV files. */
export function csvSourceOf(loader: object): CsvSource | undefined {
  return sources.get(loader);
}
