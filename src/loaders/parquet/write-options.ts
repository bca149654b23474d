import { type OptionsInput, type OptionsOf, optionsTable } from '../../core/options-table.js';

/** Options of the Parquet writer. */
export const writeParquetOptions = optionsTable('writeParquet', {
  codec: {
    type: 'choice',
    choices: ['none', 'snappy', 'gzip', 'brotli'],
    default: 'snappy',
    doc: 'How pages are compressed.',
  },
  rowGroupRows: {
    type: 'integer',
    default: 131_072,
    min: 1,
    max: 1_048_576,
    doc: 'Most rows of a row group, which readers read at once.',
  },
});

/** What a caller of the Parquet writer may pass. */
export type WriteParquetOptions = OptionsInput<typeof writeParquetOptions>;

/** Writer options with their defaults. */
export type ResolvedWriteParquetOptions = OptionsOf<typeof writeParquetOptions>;
