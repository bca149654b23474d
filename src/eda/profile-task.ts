// What the main thread asks the threads of a profile to do; plain data.

import type { CsvFileTask } from '../loaders/csv/csv-piece.js';
import type { AccumulatorSettings } from './accumulators/accumulator-settings.js';
import type { AssociationSample } from './associations/association-sample.js';
import type { ColumnChunk } from './column-chunk.js';

/** A column by its position in the table. */
export interface OpenedColumn {
  readonly index: number;
  readonly kind: ColumnChunk['kind'];
}

export type ProfileTask =
  | { readonly kind: 'open'; readonly settings: AccumulatorSettings; readonly columns: readonly OpenedColumn[] }
  /** Rows of some columns, by their positions in `open`; answered by the hashes of the rows over these columns. */
  | {
      readonly kind: 'add';
      readonly nRows: number;
      readonly positions: readonly number[];
      readonly chunks: readonly ColumnChunk[];
    }
  /** Answered by the CsvPiece. */
  | { readonly kind: 'read'; readonly task: CsvFileTask }
  /** One of the columns of `open`; answered by an AccumulatedColumn. */
  | { readonly kind: 'finish'; readonly position: number }
  | { readonly kind: 'sample'; readonly sample: AssociationSample }
  /** Ranks a column of the sample. */
  | { readonly kind: 'rank'; readonly column: number }
  /** Answered by PairAssociations of the column with those that follow it. */
  | { readonly kind: 'associate'; readonly first: number }
  | { readonly kind: 'close' };
