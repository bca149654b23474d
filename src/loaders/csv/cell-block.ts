// Where the cells of some rows stand in the text: what the tokenizer fills and the column builders read.

/** How a cell is written: bare, in quotes, or in quotes with doubled quotes inside. */
export const BARE = 0;
export const QUOTED = 1;
export const ESCAPED = 2;

/** Where the cells of a block stand in memory that others fill too. */
export interface CellRoom {
  readonly bounds: Int32Array;
  readonly marks: Uint8Array;
}

/** Positions of up to `capacity` rows of `nColumns` cells, row by row: cell (row, column) is at row * nColumns + column. */
export class CellBlock {
  readonly nColumns: number;
  readonly capacity: number;
  /** Rows filled. */
  nRows = 0;
  /** For each cell its first byte, past an opening quote, and the byte after it, which may be its closing quote. */
  readonly bounds: Int32Array;
  /** BARE, QUOTED or ESCAPED. */
  readonly marks: Uint8Array;

  constructor(nColumns: number, capacity: number, room?: CellRoom) {
    this.nColumns = nColumns;
    this.capacity = capacity;
    this.bounds = room === undefined ? new Int32Array(2 * nColumns * capacity) : room.bounds;
    this.marks = room === undefined ? new Uint8Array(nColumns * capacity) : room.marks;
  }
}
