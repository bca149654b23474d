// What a comparison of current data with a reference finds: plain JSON, the same from a table, from samples and from a window.
import type { DriftMeasure } from './drift-measure.js';
import type { DriftSettings } from './drift-options.js';

/** How a column is compared; instants always move on, so that only their quality is. */
export type DriftKind = 'numeric' | 'categorical' | 'datetime';

/** How data quality changed. */
export type QualityChange = 'missing' | 'range' | 'categories' | 'type';

/** The drift of a table of features, of scores and of labels. */
export interface DriftReport {
  readonly format: 'tabwright.drift/1';
  /** The model whose reference it is, where one is meant. */
  readonly model: DriftModel | null;
  readonly reference: { readonly nRows: number };
  /** The rows compared; the times of the first and the last one where they came over time (ISO 8601, UTC). */
  readonly current: { readonly nRows: number; readonly from: string | null; readonly to: string | null };
  /** Whether the share of drifted columns reaches `settings.driftShare`, or a drifted multivariate measure. */
  readonly isDrifted: boolean;
  /**
   * Drifted columns among those that were compared; `expectedFalse` is how many would be called so at these sizes though nothing
   * changed, at most: the sum of their false-alarm rates.
   */
  readonly drifted: {
    readonly count: number;
    readonly of: number;
    readonly share: number;
    readonly expectedFalse: number;
  };
  readonly settings: DriftSettings;
  /** The features, in the order of the reference. */
  readonly columns: readonly ColumnDrift[];
  /** The model's scores; null where either side has none. */
  readonly score: ColumnDrift | null;
  /** The classes the model predicted. */
  readonly prediction: ColumnDrift | null;
  /** The true labels, or the true values of a regression. */
  readonly target: ColumnDrift | null;
  readonly multivariate: MultivariateDrift;
}

/** The model whose rows are compared. */
export interface DriftModel {
  readonly name: string;
  readonly version: number;
}

/** One column against its reference. */
export interface ColumnDrift {
  readonly name: string;
  readonly kind: DriftKind;
  /** What decides; null where there is nothing to compare. */
  readonly measure: DriftMeasure | null;
  /** The measure's value: a distance, an index, or a test's statistic. */
  readonly value: number | null;
  /** Of a test; null for a distance. */
  readonly pValue: number | null;
  /** What is compared with the threshold: the p-value after the correction for many columns; null for a distance. */
  readonly adjustedPValue: number | null;
  /** A p-value at most, or a distance at least so large is drift. */
  readonly threshold: number;
  readonly isDrifted: boolean;
  /**
   * How often this column would be called drifted at these sizes though nothing changed, in [0, 1]: the level of a test, the
   * limiting distribution of an index or divergence, an upper bound for the Wasserstein distance. Null where nothing was
   * compared; an adjustment for many columns only lowers it.
   */
  readonly falseAlarmRate: number | null;
  /** Other measures over the reference's bins, by name, for reading; nothing is decided by them. */
  readonly measures: Readonly<Partial<Record<DriftMeasure, number>>>;
  readonly quality: ColumnQuality;
  /** Shares by bin or category, for drawing; null for instants and where all is missing. */
  readonly distribution: ColumnDistribution | null;
}

/** Cells that say nothing, or that the reference never saw. Shares are of all rows, in [0, 1]. */
export interface ColumnQuality {
  readonly nReference: number;
  readonly nCurrent: number;
  readonly missing: { readonly reference: number; readonly current: number };
  /** Numbers below and above the reference's range. */
  readonly below: number;
  readonly above: number;
  /** Categories the reference never had: their share, and some of them by name. */
  readonly unseen: { readonly share: number; readonly values: readonly string[] };
  /** Cells of another type than the reference's. */
  readonly mistyped: number;
  readonly changes: readonly QualityChange[];
}

/** Shares of non-missing values; of numbers between edges, else by category. */
export type ColumnDistribution =
  | {
      readonly kind: 'numeric';
      /** [n + 1]; values beyond the reference's range are counted in the outer bins. */
      readonly edges: readonly number[];
      readonly reference: readonly number[];
      readonly current: readonly number[];
    }
  | {
      readonly kind: 'categorical';
      /** [n]; null stands for all others together. */
      readonly categories: readonly (string | null)[];
      readonly reference: readonly number[];
      readonly current: readonly number[];
    };

/** Measures over all columns at once; null where not asked for. */
export interface MultivariateDrift {
  readonly classifier: DomainClassifierDrift | null;
  readonly reconstruction: ReconstructionDrift | null;
}

/** How well a model tells current rows from the reference's, by out-of-fold scores. */
export interface DomainClassifierDrift {
  /** 0.5: not at all. */
  readonly auc: number;
  /** Of the AUC, at 95 % (DeLong). */
  readonly interval: readonly [number, number];
  /** The band of AUC that is no drift. */
  readonly band: readonly [number, number];
  readonly isDrifted: boolean;
  /** The columns by which it tells them apart, most important first, with their share of the importance. */
  readonly importance: readonly { readonly name: string; readonly share: number }[];
}

/** How well current rows follow the linear relations between the reference's columns. */
export interface ReconstructionDrift {
  /** Mean distance of a current row from its projection onto the reference's principal components, columns standardised. */
  readonly error: number;
  /** The mean over chunks of the reference, and three of their standard deviations around it. */
  readonly reference: number;
  readonly band: readonly [number, number];
  readonly nComponents: number;
  readonly isDrifted: boolean;
}
