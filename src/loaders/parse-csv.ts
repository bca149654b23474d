// CSV bytes to a table of typed columns.
import type { ColumnTable } from 'arquero';
import type { FieldType } from '../core/feature-spec.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { makeTable } from '../table/make-table.js';
import { checkUtf8 } from './check-utf8.js';
import { columnKinds } from './column-kinds.js';
import { type CsvDialect, csvDialect } from './csv-dialect.js';
import { type CsvOptions, csvOptions } from './csv-options.js';
import type { CsvText } from './csv-text.js';
import { detectDelimiter } from './detect-delimiter.js';
import { readColumns } from './read-columns.js';
import { readHeader } from './read-header.js';

/** Most bytes of one text: offsets are held in 32 bits. */
export const MAX_BYTES = 2 ** 31 - 1;

/** What is known about CSV text beyond its format. */
export interface CsvContext {
  /** Declared types by column; names that are no column are ignored. */
  readonly types?: Readonly<Record<string, FieldType>> | undefined;
  /** What messages call the text, such as a file name; "csv" where absent. */
  readonly name?: string | undefined;
}

/** Options of {@link parseCsv}. */
export type ParseCsvOptions = CsvOptions & CsvContext;

/**
 * The rows of CSV text (UTF-8) as a table: numbers as `Float64Array` with NaN for missing, strings as dictionary columns,
 * `true` and `false` as boolean columns, ISO dates and date-times as date columns. A column has the narrowest type that
 * every one of its cells fits, quoted or not; one with no value at all is numeric.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @throws TEXT_ENCODING where the text is not UTF-8
 * @throws CSV_MALFORMED for rows of unequal length and wrong quotes, with their lines
 * @throws COLUMN_INVALID for duplicate column names; DATA_EMPTY where there is no row; DATA_TOO_LARGE for a cell past the limit
 */
export function parseCsv(bytes: Uint8Array, options: ParseCsvOptions = {}): ColumnTable {
  const { types, name, ...format } = options;
  const steps = parseCsvSteps(bytes, csvDialect(resolveOptions(csvOptions, format)), { types, name });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** {@link parseCsv} in steps of a few milliseconds, each yielding the offset reached; it goes back where rows are read again. */
export function* parseCsvSteps(
  bytes: Uint8Array,
  dialect: CsvDialect,
  { types = {}, name = 'csv' }: CsvContext,
): Generator<number, ColumnTable> {
  checkSize(bytes.length, name);
  checkUtf8(bytes, name);
  yield 0;
  const text = csvText(bytes, dialect, name);
  const header = readHeader(text);
  const kinds = header.names.map((column) => columnKinds(Object.hasOwn(types, column) ? types[column] : undefined));
  const columns = yield* readColumns({ ...text, start: header.end }, kinds, header.names);
  return makeTable(header.names.map((column, index) => [column, columns[index] as (typeof columns)[number]] as const));
}

/** Refuses more bytes than one text may have. @throws DATA_TOO_LARGE */
export function checkSize(nBytes: number, name: string): void {
  if (nBytes <= MAX_BYTES) return;
  throw new TabwrightError('DATA_TOO_LARGE', `${name}: at most ${MAX_BYTES} bytes are read at once, got ${nBytes}`);
}

function csvText(source: Uint8Array, dialect: CsvDialect, name: string): CsvText {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const text = { bytes, start, dialect, name };
  return dialect.detectsDelimiter ? { ...text, dialect: { ...dialect, delimiter: detectDelimiter(text) } } : text;
}
