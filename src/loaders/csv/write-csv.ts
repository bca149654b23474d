// Tables as CSV (RFC 4180, lines ended by LF).
import { fileURLToPath } from 'node:url';
import type { ColumnTable } from 'arquero';
import { replaceFile } from '../../core/durable-files.js';
import type { OptionsInput } from '../../core/options-table.js';
import { optionsTable } from '../../core/options-table.js';
import type { RunControl } from '../../core/progress.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { timeSlice } from '../../core/time-slice.js';
import { plainTable } from '../../table/plain-table.js';
import { readColumn } from '../../table/read-column.js';
import { type CellFormat, csvCells, stringCell } from './csv-cells.js';
import { markByte } from './mark-byte.js';

/** Options of the CSV writer. */
export const writeCsvOptions = optionsTable('writeCsv', {
  delimiter: { type: 'string', default: ',', doc: 'Character between cells, or the word tab.' },
  header: { type: 'boolean', default: true, doc: 'Whether the first row holds the column names.' },
  missing: { type: 'string', default: '', doc: 'Text of a missing cell.' },
  safeForSpreadsheets: {
    type: 'boolean',
    default: false,
    doc: 'Whether strings that a spreadsheet would run as a formula get an apostrophe in front.',
  },
});

/** What a caller of the CSV writer may pass. */
export type WriteCsvOptions = OptionsInput<typeof writeCsvOptions>;

const PIECE_CELLS = 65_536;

/**
 * A table as CSV text. Numbers are written so that they read back to the same bits, missing cells as `missing`, instants in ISO
 * 8601 (a column of whole days as dates). The empty string is written as `""`, to tell it from a missing cell.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @throws COLUMN_INVALID for a column that mixes kinds of values
 */
export function formatCsv(table: ColumnTable, options: WriteCsvOptions = {}): string {
  return [...formatCsvPieces(table, options)].join('');
}

/** {@link formatCsv} some rows at a time. */
export function formatCsvPieces(table: ColumnTable, options: WriteCsvOptions = {}): Iterable<string> {
  return csvPieces(table, csvFormat(options));
}

/**
 * Writes a table to a CSV file (UTF-8) as {@link formatCsv} has it, in one step: the file is whole, or as it was before.
 * @throws OPTION_INVALID, OPTION_UNKNOWN, COLUMN_INVALID, STORAGE_FULL, STORAGE_FAILED, CANCELLED
 */
export async function writeCsv(
  path: string | URL,
  table: ColumnTable,
  options: WriteCsvOptions = {},
  { signal }: Pick<RunControl, 'signal'> = {},
): Promise<void> {
  const pieces = csvPieces(table, csvFormat(options));
  await replaceFile(typeof path === 'string' ? path : fileURLToPath(path), inTurns(pieces, signal));
}

/** Hands out the pieces, letting the event loop turn between them. */
async function* inTurns(pieces: Iterable<string>, signal: AbortSignal | undefined): AsyncGenerator<string> {
  const slice = timeSlice(signal);
  for (const piece of pieces) {
    await slice.pause();
    yield piece;
  }
}

/** The options in the form the cells are written by. @throws OPTION_INVALID, OPTION_UNKNOWN */
function csvFormat(options: WriteCsvOptions): CellFormat & { readonly header: boolean } {
  const resolved = resolveOptions(writeCsvOptions, options);
  const delimiter = String.fromCharCode(markByte('writeCsv: delimiter', resolved.delimiter));
  if (delimiter === '"') throw new TabwrightError('OPTION_INVALID', 'writeCsv: delimiter must not be the quote');
  const asGiven = { delimiter, missing: '', safeForSpreadsheets: false };
  const missing = resolved.missing && stringCell(resolved.missing, asGiven);
  return { ...resolved, delimiter, missing };
}

/** The header and then some rows a piece. */
function* csvPieces(table: ColumnTable, format: ReturnType<typeof csvFormat>): Generator<string> {
  const plain = plainTable(table);
  const names = plain.columnNames();
  if (names.length === 0) return;
  // Readers skip blank lines, so a row whose only cell is empty has quotes.
  const line = (cells: readonly string[]) => `${cells.join(format.delimiter) || '""'}\n`;
  if (format.header) yield line(names.map((name) => stringCell(name, format)));
  const columns = names.map((name) => csvCells(readColumn(plain, name), format));
  const nRows = plain.numRows();
  const pieceRows = Math.ceil(PIECE_CELLS / names.length);
  for (let start = 0; start < nRows; start += pieceRows) {
    let piece = '';
    for (let row = start; row < Math.min(start + pieceRows, nRows); row++)
      piece += line(columns.map((cell) => cell(row)));
    yield piece;
  }
}
