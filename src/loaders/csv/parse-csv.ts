// CSV bytes to a table of typed columns.
import type { ColumnTable } from 'arquero';
import type { FieldType } from '../../core/feature-spec.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { Column } from '../../table/column.js';
import { makeTable } from '../../table/make-table.js';
import { checkUtf8 } from '../check-utf8.js';
import { declaredType } from '../declared-type.js';
import { dictionarySeed } from '../string-dictionary.js';
import { columnKinds } from './cells/column-kinds.js';
import { type CsvDialect, csvDialect } from './csv-dialect.js';
import { sampledColumns } from './csv-head.js';
import { type CsvOptions, csvOptions, type ResolvedCsvOptions } from './csv-options.js';
import type { CsvText } from './csv-text.js';
import { detectDelimiter } from './detect-delimiter.js';
import { readText } from './kernel/read-text.js';
import { readColumns } from './read-columns.js';
import { readHeader } from './read-header.js';

/** Most bytes of one text: offsets are held in 32 bits. */
export const MAX_BYTES = 2 ** 31 - 1;
/** Below, starting the kernel takes longer than it saves. */
const MIN_KERNEL_BYTES = 262_144;

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
  const steps = parseCsvSteps(bytes, resolveOptions(csvOptions, format), { types, name });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** {@link parseCsv} in steps of a few milliseconds, each yielding the offset reached; it goes back where rows are read again. */
export function* parseCsvSteps(
  bytes: Uint8Array,
  options: ResolvedCsvOptions,
  { types = {}, name = 'csv' }: CsvContext,
): Generator<number, ColumnTable> {
  checkSize(bytes.length, name);
  checkUtf8(bytes, name);
  yield 0;
  const text = csvText(bytes, csvDialect(options), name);
  const header = readHeader(text);
  const declared = header.names.map((column) => declaredType(types, column));
  const rows = { ...text, start: header.end };
  const columns =
    (yield* readLarge(rows, options, declared)) ?? (yield* readColumns(rows, declared.map(columnKinds), header.names));
  return makeTable(header.names.map((column, index) => [column, columns[index] as Column] as const));
}

/** The columns as the kernel reads them, or undefined where it takes longer to start or has to give up. */
function* readLarge(
  text: CsvText,
  options: ResolvedCsvOptions,
  declared: readonly (FieldType | undefined)[],
): Generator<number, Column[] | undefined> {
  const { bytes, start, dialect } = text;
  if (bytes.length < MIN_KERNEL_BYTES) return undefined;
  const size = bytes.length;
  const { delimiter } = dialect;
  const plan = { size, hasMore: false, nColumns: declared.length, options, delimiter, seed: dictionarySeed() };
  const columns = sampledColumns(text, declared);
  return (yield* readText({ plan, bytes, from: start, to: size, columns }))?.columns;
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
