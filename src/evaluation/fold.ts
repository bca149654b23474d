/** Rows to fit on and rows to judge on: ascending zero-based positions, no row in both. */
export interface Fold {
  /** Uint32Array of row positions. */
  readonly train: Uint32Array;
  /** Uint32Array of row positions. */
  readonly test: Uint32Array;
}
