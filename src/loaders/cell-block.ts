// Where the cells of some rows stand in the text: what the tokenizer fills and the column builders read.

/** How a cell is written: bare, in quotes, or in quotes with doubled quotes inside. */
export const BARE = 0;
export const QUOTED = 1;
export const ESCAPED = 2;

/** Positions of up to `capacity` rows of `nColumns` cells, row by row: cell (row, column) is at row * nColumns + column. */
export class CellBlock {
  readonly nColumns: number;
  readonly capacity: number;
  /** Rows filled. */
  nRows = 0;
  /** First byte of each cell, past an opening quote. */
  readonly starts: Int32Array;
  /** The byte after each cell, which may be its closing quote. */
  readonly ends: Int32Array;
  /** BARE, QUOTED or ESCAPED. */
  readonly marks: Uint8Array;

  constructor(nColumns: number, capacity: number) {
    this.nColumns = nColumns;
    this.capacity = capacity;
    this.starts = new Int32Array(nColumns * capacity);
    this.ends = new Int32Array(nColumns * capacity);
    this.marks = new Uint8Array(nColumns * capacity);
  }
}
