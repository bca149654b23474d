// What a model keeps of its training rows so that drift can be measured without them: histograms and counts, as plain JSON.

/** Distributions of the training rows; the file `reference.json` of a model directory. */
export interface DriftReference {
  readonly format: 'tabwright.reference/1';
  readonly nRows: number;
  /** Strings that mean missing. */
  readonly missing: readonly string[];
  /** The features, in the order of the schema. */
  readonly columns: readonly ColumnReference[];
  /** Scores of rows by models that had not seen them; null where there are none. */
  readonly score: NumericReference | null;
  /** The classes predicted by those scores. */
  readonly prediction: CategoricalReference | null;
  /** True labels, or true values of a regression. */
  readonly target: NumericReference | CategoricalReference | null;
}

/** One column of a reference. */
export type ColumnReference = NumericReference | CategoricalReference | DatetimeReference;

/** A column of numbers: a histogram whose bins hold about as many values each. */
export interface NumericReference {
  readonly kind: 'numeric';
  readonly name: string;
  readonly nMissing: number;
  /** Least value; null where all are missing, and then there are no bins. */
  readonly minimum: number | null;
  readonly mean: number | null;
  /** Standard deviation (population). */
  readonly deviation: number | null;
  /** Whether each bin holds one distinct value, its upper bound. */
  readonly isEveryValue: boolean;
  /** Upper bounds [n], inclusive, ascending; the last is the maximum. Percentiles, and the values next below frequent ones. */
  readonly bounds: readonly number[];
  /** Values by bin [n]. */
  readonly counts: readonly number[];
  /** The 10 %, 20 %, … 90 % quantiles (linear between values), without repeats. */
  readonly deciles: readonly number[];
}

/** A column of strings or booleans: counts of the most frequent categories. */
export interface CategoricalReference {
  readonly kind: 'categorical';
  readonly name: string;
  readonly type: 'string' | 'boolean';
  readonly nMissing: number;
  /** [n], most frequent first; booleans are "true" and "false". */
  readonly categories: readonly string[];
  /** [n]. */
  readonly counts: readonly number[];
  /** Values of categories that are not listed, and how many categories these are. */
  readonly other: { readonly count: number; readonly distinct: number };
}

/** A column of instants, of which only quality is compared. */
export interface DatetimeReference {
  readonly kind: 'datetime';
  readonly name: string;
  readonly nMissing: number;
  readonly nPresent: number;
  /** Epoch milliseconds; null where all are missing. */
  readonly minimum: number | null;
  readonly maximum: number | null;
}
