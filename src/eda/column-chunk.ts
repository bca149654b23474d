// Some consecutive rows of a column, as plain data that goes to a thread.
import type { StringList } from '../loaders/string-dictionary.js';

/** Distinct strings by code: as they are, or as UTF-8 of which they are made when asked for. */
export type ChunkStrings = readonly string[] | StringList;

/** How a column's cells are held. Missing cells are as in the table's columns: NaN, or -1 in codes. */
export type ColumnChunk =
  | { readonly kind: 'number' | 'datetime'; readonly values: Float64Array }
  | { readonly kind: 'boolean'; readonly codes: Int8Array }
  | {
      readonly kind: 'string';
      readonly codes: Int32Array;
      /** Undefined where they are those of the chunk before. */
      readonly values: ChunkStrings | undefined;
    }
  /** Cells of kinds the library has no column for: 1 where there is one, -1 where it is missing. */
  | { readonly kind: 'other'; readonly codes: Int8Array };

/** Some consecutive rows of a table. */
export interface TableChunk {
  readonly nRows: number;
  readonly columns: readonly ColumnChunk[];
}
