// Hashes of the rows of a chunk: sums over columns, so that threads may each do some of the columns.

/** Two hashes of 32 bits for each row. */
export class RowHashes {
  readonly first: Int32Array<ArrayBuffer>;
  readonly second: Int32Array<ArrayBuffer>;

  constructor(nRows: number) {
    this.first = new Int32Array(nRows);
    this.second = new Int32Array(nRows);
  }

  /** Takes a cell of the column into its row. @param cell two hashes of the cell */
  add(row: number, column: number, cellFirst: number, cellSecond: number): void {
    const salt = Math.imul(column + 1, 0x9e3779b1);
    this.first[row] = (this.first[row] as number) + Math.imul(cellFirst ^ salt, 0x85ebca6b);
    this.second[row] = (this.second[row] as number) + Math.imul(cellSecond + salt, 0xc2b2ae35);
  }
}
