// What the CSV loader takes beyond the parser's options: how the file is stored, and how it is read.
import { type OptionsInput, type OptionsOf, optionsTable } from '../../core/options-table.js';
import { csvOptions } from './csv-options.js';

/** Options of the CSV loader. */
export const csvFileOptions = optionsTable('csv', {
  ...csvOptions.specs,
  compression: {
    type: 'choice',
    choices: ['none', 'gzip', 'zstd'],
    default: undefined,
    doc: 'How the file is compressed. Told from its first bytes where absent.',
  },
  encoding: {
    type: 'string',
    default: 'utf-8',
    doc: 'Encoding of the text, by its name in the WHATWG standard: utf-8, utf-16le, latin1, windows-1252 and so on.',
  },
  maxBytes: {
    type: 'integer',
    default: undefined,
    min: 1,
    doc: 'Most bytes of text that compressed or transcoded files may hold; past it they are refused. 2 GiB for a whole table where absent, 100 times the size of the file but at least 1 GiB for batches.',
  },
  numThreads: {
    type: 'integer',
    default: 0,
    min: 0,
    max: 64,
    doc: 'Threads to read with, which changes time only; 0 for one on small files, else one a processor.',
  },
});

/** What a caller of the CSV loader may pass. */
export type CsvFileOptions = OptionsInput<typeof csvFileOptions>;

/** Loader options with their defaults. */
export type ResolvedCsvFileOptions = OptionsOf<typeof csvFileOptions>;
