// Some consecutive rows of a column, as plain data that goes to a thread.

/** How a column's cells are held. Missing cells are as in the table's columns: NaN, or -1 in codes. */
export type ColumnChunk =
  | { readonly kind: 'number' | 'datetime'; readonly values: Float64Array }
  | { readonly kind: 'boolean'; readonly codes: Int8Array }
  | {
      readonly kind: 'string';
      readonly codes: Int32Array;
      /** Distinct strings by code; undefined where they are those of the chunk before. */
      readonly values: readonly string[] | undefined;
    }
  /** Cells of kinds the library has no column for: 1 where there is one, -1 where it is missing. */
  | { readonly kind: 'other'; readonly codes: Int8Array };

/** Some consecutive rows of a table. */
export interface TableChunk {
  readonly nRows: number;
  readonly columns: readonly ColumnChunk[];
}
