// Missing cells over blocks of rows, for a stream whose length is not known: when blocks run out, they are joined two by two.

const MAX_BLOCKS = 128;

/** Counts of missing cells in blocks of consecutive rows. */
export class MissingBlocks {
  rowsPerBlock = 1;
  readonly counts = new Float64Array(MAX_BLOCKS);

  /** Makes room for rows up to `nRows`; before any of them is counted. */
  reach(nRows: number): void {
    while (nRows > MAX_BLOCKS * this.rowsPerBlock) {
      for (let i = 0; i < MAX_BLOCKS; i++) {
        this.counts[i] = 2 * i < MAX_BLOCKS ? (this.counts[2 * i] as number) + (this.counts[2 * i + 1] as number) : 0;
      }
      this.rowsPerBlock *= 2;
    }
  }

  add(row: number): void {
    const block = Math.floor(row / this.rowsPerBlock);
    this.counts[block] = (this.counts[block] as number) + 1;
  }

  /** Shares of the blocks that have rows. */
  shares(nRows: number): number[] {
    const nBlocks = Math.ceil(nRows / this.rowsPerBlock);
    return Array.from({ length: nBlocks }, (_, i) => {
      const size = Math.min(this.rowsPerBlock, nRows - i * this.rowsPerBlock);
      return (this.counts[i] as number) / size;
    });
  }
}
