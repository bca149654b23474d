// What a CSV file may look like beyond RFC 4180, as one options table.
import type { OptionsInput, OptionsOf } from '../../core/options-table.js';
import { optionsTable } from '../../core/options-table.js';

/** The tokens that pandas reads as missing, and "?" as the UCI repository writes it. */
const MISSING_TOKENS: readonly string[] = [
  '',
  '?',
  '#N/A',
  '#N/A N/A',
  '#NA',
  '-1.#IND',
  '-1.#QNAN',
  '-NaN',
  '-nan',
  '1.#IND',
  '1.#QNAN',
  '<NA>',
  'N/A',
  'NA',
  'NULL',
  'NaN',
  'None',
  'n/a',
  'nan',
  'null',
];

/** Options of the CSV parser. */
export const csvOptions = optionsTable('csv', {
  delimiter: {
    type: 'string',
    default: undefined,
    aliases: ['sep'],
    doc: 'Character between cells, or the word tab. The one of comma, semicolon, tab and | that fits the first rows where absent.',
  },
  quote: {
    type: 'string',
    default: '"',
    doc: 'Character around cells that hold delimiters, quotes or line breaks. Empty: quotes mean nothing.',
  },
  header: {
    type: 'boolean',
    default: true,
    doc: 'Whether the first row holds the column names. Where false they are column_1, column_2 and so on.',
  },
  missing: {
    type: 'list',
    default: MISSING_TOKENS,
    aliases: ['na_values'],
    doc: 'Cells that mean "no value", compared without the spaces and tabs around them.',
  },
  decimal: {
    type: 'choice',
    choices: ['.', ','],
    default: '.',
    doc: 'Decimal mark of numbers.',
  },
  comment: {
    type: 'string',
    default: undefined,
    doc: 'Lines that start with this text are left out. No line is where absent.',
  },
  trim: {
    type: 'boolean',
    default: false,
    doc: 'Whether strings and column names lose the spaces and tabs around them, and around their quotes. Quoted text is kept.',
  },
  maxCellBytes: {
    type: 'integer',
    default: 1_048_576,
    min: 1,
    doc: 'Longest cell accepted, in bytes; a longer one is refused.',
  },
});

/** What a caller of the CSV parser may pass. */
export type CsvOptions = OptionsInput<typeof csvOptions>;

/** CSV options with their defaults. */
export type ResolvedCsvOptions = OptionsOf<typeof csvOptions>;
