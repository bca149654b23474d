import type { ColumnTable } from 'arquero';
import type { FieldType } from '../core/feature-spec.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { CsvOptions } from './csv-options.js';

/** How to parse: the options of the format, and what is known about the data. */
export interface ParseCsvOptions extends CsvOptions {
  /** Declared types by column: a column declared `string` is not read as numbers. Unknown columns are ignored. */
  readonly types?: Readonly<Record<string, FieldType>> | undefined;
  /** What messages call the text, such as a file name; "csv" where absent. */
  readonly name?: string | undefined;
}

/**
 * A table of the rows in CSV text (UTF-8).
 * @throws OPTION_INVALID, OPTION_UNKNOWN, TEXT_ENCODING, CSV_MALFORMED, COLUMN_INVALID, DATA_EMPTY, DATA_TOO_LARGE
 */
export function parseCsv(bytes: Uint8Array, options: ParseCsvOptions = {}): ColumnTable {
  throw new TabwrightError('INTERNAL', `csv: not written yet (${bytes.length}, ${options.name})`);
}
