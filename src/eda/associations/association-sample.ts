// The rows that associations are computed from, in memory that threads share.

/** A column that can be associated. */
export interface AssociationColumn {
  readonly name: string;
  /** Whether it has an order, for Pearson, Spearman and Kendall. */
  readonly isNumber: boolean;
  /** Whether it is shown as a number, so that `auto` takes Spearman; else it is categories. */
  readonly isNumeric: boolean;
  /** Groups of its codes: bins of a number, levels of categories. */
  readonly nGroups: number;
}

/** Columns as arrays over one buffer. */
export interface AssociationSample {
  readonly nRows: number;
  readonly columns: readonly AssociationColumn[];
  /** For each column Float64Array [nRows] of its values, NaN for missing; categories without order have zeros. */
  readonly values: readonly Float64Array[];
  /** For each column Int32Array [nRows] of its groups; -1 for missing. */
  readonly groups: readonly Int32Array[];
  /** For each column with an order its rows with a value, ascending by it, in the first `nOrdered` places; once it is ranked. */
  readonly orders: readonly Uint32Array[];
  /** Int32Array [nColumns]. */
  readonly nOrdered: Int32Array;
  /** For each column with an order Float64Array [nRows] of its ranks, 0 for missing; once it is ranked. */
  readonly ranks: readonly Float64Array[];
  /** Rows, from the first on, for Kendall's tau. */
  readonly kendallRows: number;
}

/** Associations of one pair; NaN where one cannot be told. */
export interface PairAssociations {
  readonly pearson: number;
  readonly spearman: number;
  readonly kendall: number;
  readonly cramersV: number;
  readonly phiK: number;
}
