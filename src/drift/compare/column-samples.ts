import type { BinShares } from '../measures/bin-shares.js';
import type { SampleCounts } from '../measures/paired-counts.js';

/** Two samples of one column, in the forms that the measures read; neither is empty. */
export interface ColumnSamples {
  readonly kind: 'numeric' | 'categorical';
  readonly nReference: number;
  readonly nCurrent: number;
  /** Distinct values of the reference. */
  readonly nDistinct: number;
  /** Counts by value or bin in ascending order, or by category. */
  readonly counts: SampleCounts;
  /** Shares between the reference's deciles, or by category. */
  decileShares(): BinShares;
  /** Shares as Evidently bins them for its index and its Jensen-Shannon distance. */
  evidentlyShares(): BinShares;
  /** Shares as Evidently bins them for its Hellinger distance. */
  hellingerShares(): BinShares;
  /** The Wasserstein distance in standard deviations of the reference; NaN for categories. */
  wasserstein(): number;
  /** The integral of sqrt(F (1 - F)) over the reference, in its standard deviations. */
  spread(): number;
}
