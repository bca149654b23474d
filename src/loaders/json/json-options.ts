// Options of the JSON and NDJSON loaders and writers.
import { type OptionsInput, type OptionsOf, optionsTable } from '../../core/options-table.js';

/** Options of the JSON and NDJSON loaders. */
export const jsonOptions = optionsTable('json', {
  compression: {
    type: 'choice',
    choices: ['none', 'gzip', 'zstd'],
    default: undefined,
    doc: 'How the file is compressed. Told from its first bytes where absent.',
  },
  maxBytes: {
    type: 'integer',
    default: 2_147_483_647,
    min: 1,
    doc: 'Most bytes of text that a file may hold, after decompression, for a whole table; batches of plain files have no limit.',
  },
  maxRecordBytes: {
    type: 'integer',
    default: 16_777_216,
    min: 1,
    doc: 'Longest record accepted, in bytes of text.',
  },
});

/** What a caller of the JSON loaders may pass. */
export type JsonOptions = OptionsInput<typeof jsonOptions>;

/** Loader options with their defaults. */
export type ResolvedJsonOptions = OptionsOf<typeof jsonOptions>;

/** How much a batch of records holds. */
export const jsonBatchOptions = optionsTable('json.batches', {
  rows: { type: 'integer', default: 50_000, min: 1, doc: 'Rows of a batch.' },
});

/** Options of the JSON writer. */
export const writeJsonOptions = optionsTable('writeJson', {
  orient: {
    type: 'choice',
    choices: ['records', 'columns'],
    default: 'records',
    doc: 'An array of one object a row, or one object with an array a column.',
  },
});

/** What a caller of the JSON writer may pass. */
export type WriteJsonOptions = OptionsInput<typeof writeJsonOptions>;
