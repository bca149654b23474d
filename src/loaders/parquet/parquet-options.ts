import { type OptionsInput, type OptionsOf, optionsTable } from '../../core/options-table.js';

/** Options of the Parquet loader. */
export const parquetOptions = optionsTable('parquet', {
  columns: {
    type: 'list',
    default: undefined,
    doc: 'Columns to read, in this order; only their pages are. All where absent.',
  },
  maxBytes: {
    type: 'integer',
    default: 4_294_967_296,
    min: 1,
    doc: 'Most bytes that the rows of a table, or of a batch, may take in memory; strings count four bytes a cell. Files that declare more are refused unread.',
  },
  numThreads: {
    type: 'integer',
    default: 0,
    min: 0,
    max: 64,
    doc: 'Threads to read with, which changes time only; 0 for one on small files, else one a processor.',
  },
});

/** What a caller of the Parquet loader may pass. */
export type ParquetOptions = OptionsInput<typeof parquetOptions>;

/** Loader options with their defaults. */
export type ResolvedParquetOptions = OptionsOf<typeof parquetOptions>;
