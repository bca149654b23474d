/** Shares of two samples over the same bins or categories, each adding up to 1. */
export interface BinShares {
  /** [n]. */
  readonly reference: ArrayLike<number>;
  readonly current: ArrayLike<number>;
}
