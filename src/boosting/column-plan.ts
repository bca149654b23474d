// How one feature became bins: what growing needs to search it and what a finished tree needs to test raw values.

/** Rows [i * SEGMENT_ROWS, (i + 1) * SEGMENT_ROWS) are segment i. */
export const SEGMENT_ROWS = 131_072;

interface BinnedColumn {
  /** Position of the feature it was made of. */
  readonly feature: number;
  /** Bins in use, bin 0 (missing) included. */
  readonly nBins: number;
  readonly hasMissing: boolean;
  /** The bin with most rows, and the rows of the bin with most rows apart from it, of all and of any one segment. */
  readonly heavyBin: number;
  readonly heavyCount: number;
  readonly secondCount: number;
  readonly secondInSegment: number;
}

/** Bin b > 0 holds values up to bounds[b - 1]; the last bin has no bound. */
export interface NumericColumn extends BinnedColumn {
  readonly kind: 'numeric';
  readonly bounds: Float64Array;
}

/** Bin b > 0 holds the level `levels[b - 1]`; rare levels share bin 0 with missing ones. */
export interface SubsetColumn extends BinnedColumn {
  readonly kind: 'subset';
  readonly levels: Int32Array;
}

/** A level's target statistic, binned like a number: `statistics[level]`, and `prior` for missing and unseen levels. */
export interface StatisticColumn extends BinnedColumn {
  readonly kind: 'statistic';
  readonly bounds: Float64Array;
  readonly statistics: Float64Array;
  readonly prior: number;
}

export type ColumnPlan = NumericColumn | SubsetColumn | StatisticColumn;
