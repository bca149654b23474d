import type { DataLoader } from '../core/data-loader.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { CsvOptions } from './csv-options.js';

/** A CSV file's path, or its `file:` URL. */
export type CsvSource = string | URL;

/** Loads one CSV file as the table `data`. */
export function csv(source: CsvSource, options?: CsvOptions): DataLoader<'data'>;
/** Loads several CSV files as tables by name. */
export function csv<Name extends string>(
  sources: Readonly<Record<Name, CsvSource>>,
  options?: CsvOptions,
): DataLoader<Name>;
export function csv(source: CsvSource | Readonly<Record<string, CsvSource>>, options: CsvOptions = {}): DataLoader {
  throw new TabwrightError('INTERNAL', `csv: not written yet (${typeof source}, ${typeof options})`);
}
