import type { ColumnTable } from 'arquero';
import type { OptionsInput } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { TabwrightError } from '../core/tabwright-error.js';

/** Options of the CSV writer. */
export const writeCsvOptions = optionsTable('writeCsv', {
  delimiter: { type: 'string', default: ',', doc: 'Character between cells, or the word tab.' },
  header: { type: 'boolean', default: true, doc: 'Whether the first row holds the column names.' },
  missing: { type: 'string', default: '', doc: 'Text of a missing cell.' },
  safeForSpreadsheets: {
    type: 'boolean',
    default: false,
    doc: 'Whether text that a spreadsheet would run as a formula gets an apostrophe in front.',
  },
});

/** What a caller of the CSV writer may pass. */
export type WriteCsvOptions = OptionsInput<typeof writeCsvOptions>;

/** A table as CSV text. @throws OPTION_INVALID, OPTION_UNKNOWN */
export function formatCsv(table: ColumnTable, options: WriteCsvOptions = {}): string {
  throw new TabwrightError('INTERNAL', `csv: not written yet (${table.numRows()}, ${typeof options})`);
}

/** Writes a table to a file that is whole or not there. @throws STORAGE_FULL, STORAGE_FAILED, CANCELLED */
export async function writeCsv(path: string | URL, table: ColumnTable, options: WriteCsvOptions = {}): Promise<void> {
  throw new TabwrightError('INTERNAL', `csv: not written yet (${path}, ${table.numRows()}, ${typeof options})`);
}
