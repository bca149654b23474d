// The part of a profile that is about one column. Which sections a column has follows from its type; see docs/eda.md.

/** A count and its part of the whole, in [0, 1]; 0 of nothing. */
export interface Share {
  readonly count: number;
  readonly share: number;
}

/**
 * What a column is to a reader, whatever it is stored as: a number that is 0 or 1 is boolean, one with few distinct values is
 * categorical, as is a string with few; `unsupported` holds cells of kinds the library has no column for, `empty` none at all.
 */
export type ColumnType =
  | 'numeric'
  | 'categorical'
  | 'boolean'
  | 'text'
  | 'datetime'
  | 'constant'
  | 'empty'
  | 'unsupported';

/** One column. */
export interface ColumnProfile {
  readonly name: string;
  /** Position in the table, for links. */
  readonly index: number;
  readonly type: ColumnType;
  /** How its cells are held. */
  readonly storage: 'number' | 'string' | 'boolean' | 'datetime' | 'other';
  /** Rows with a value. */
  readonly count: number;
  readonly missing: Share;
  readonly distinct: Distinct;
  /** Bytes in typed columns, with distinct strings. */
  readonly memoryBytes: number;
  /** Numbers, also those shown as categories; not booleans or dates. */
  readonly numeric?: NumericStatistics;
  /** Frequent values: of every type but `unsupported` and `empty`. */
  readonly top?: TopValues;
  /** Strings. */
  readonly text?: TextStatistics;
  /** Dates. */
  readonly dates?: DateStatistics;
  /** Booleans and what is like them. */
  readonly boolean?: BooleanStatistics;
  /** Numbers: values; dates: epoch milliseconds; text: lengths. */
  readonly histogram?: Histogram;
  /** Strings that differ in case or white space alone. */
  readonly variants?: CategoryVariants;
  /** Strings some of which look like another type. */
  readonly mixed?: MixedTypes;
  /** Where a target was given. */
  readonly target?: TargetRelation;
  /** In time-series mode, for numbers. */
  readonly series?: SeriesStatistics;
}

/** Distinct values. */
export interface Distinct {
  readonly count: number;
  /** Of the rows with a value. */
  readonly share: number;
  /** Values that occur once; null where not counted. */
  readonly unique: number | null;
  readonly isExact: boolean;
  /** Standard error relative to the count: 0 where exact, else that of the HyperLogLog. */
  readonly relativeError: number;
}

/** Numbers; infinite values are counted and left out of all else. */
export interface NumericStatistics {
  readonly isInteger: boolean;
  readonly zeros: Share;
  readonly negative: Share;
  readonly infinite: Share;
  readonly mean: number | null;
  /** Sample standard deviation and variance (n - 1). */
  readonly std: number | null;
  readonly variance: number | null;
  /** Standard deviation over the mean. */
  readonly cv: number | null;
  /** Bias-corrected, as pandas gives them: kurtosis is excess. */
  readonly skewness: number | null;
  readonly kurtosis: number | null;
  /** Redacted. */
  readonly sum: number | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly range: number | null;
  /** Linear interpolation between order statistics; redacted. */
  readonly quantiles: Quantiles | null;
  readonly iqr: number | null;
  /** Median absolute deviation from the median. */
  readonly mad: number | null;
  readonly monotonicity: 'increasing' | 'strictlyIncreasing' | 'decreasing' | 'strictlyDecreasing' | 'none';
  /** Beyond 1.5 and 3 times the interquartile range from the quartiles. */
  readonly outliers: { readonly far: Share; readonly extreme: Share } | null;
  /** Chi-squared test of equal counts over the histogram's bins; p in [0, 1]. */
  readonly uniformity: { readonly statistic: number; readonly p: number } | null;
  /** Smallest and largest distinct values with their counts, at most `extremeValues` each; redacted. */
  readonly smallest: readonly ValueCount[];
  readonly largest: readonly ValueCount[];
}

/** Quantiles. */
export interface Quantiles {
  readonly q01: number;
  readonly q05: number;
  readonly q25: number;
  readonly q50: number;
  readonly q75: number;
  readonly q95: number;
  readonly q99: number;
  readonly isExact: boolean;
  /** Where not exact: largest likely error of a quantile's rank, of all ranks (99 % of the time). */
  readonly rankError: number;
}

/** A value and how often it occurs. */
export interface ValueCount {
  /** Numbers as numbers, dates as ISO text; null where redacted. */
  readonly value: string | number | boolean | null;
  readonly count: number;
  /** Of all rows. */
  readonly share: number;
}

/** Frequent values, most frequent first. */
export interface TopValues {
  readonly values: readonly ValueCount[];
  /** Rows with another value. */
  readonly other: Share;
  /** Whether counts are exact; where not, each is too low by at most `maxError`. */
  readonly isExact: boolean;
  readonly maxError: number;
  /** Entropy over log2 of the distinct count, in [0, 1]; 1 - it is imbalance. Null where not all are counted. */
  readonly balance: number | null;
}

/** Counts over bins. */
export interface Histogram {
  /** What the edges are. */
  readonly of: 'value' | 'epochMs' | 'length';
  /** Ascending, one more than counts; empty where redacted. Integers: at halves, whole numbers apart. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** A value that holds over half of the rows, counted here and not in the bins; its value is null where redacted. */
  readonly spike: { readonly value: number | null; readonly count: number } | null;
  readonly isInteger: boolean;
}

/** Strings. */
export interface TextStatistics {
  /** Lengths in characters (code points). */
  readonly minLength: number;
  readonly maxLength: number;
  readonly meanLength: number;
  readonly medianLength: number;
  readonly empty: Share;
  /** With white space first or last. */
  readonly padded: Share;
  /** Everything below is of so many rows; in minimal mode and where redacted the lists are empty. */
  readonly nRows: number;
  readonly isSampled: boolean;
  readonly nCharacters: number;
  readonly nDistinctCharacters: number;
  readonly characters: readonly NamedCount[];
  /** Unicode general categories by their two letters ("Lu"). */
  readonly categories: readonly NamedCount[];
  /** Unicode scripts ("Latin"). */
  readonly scripts: readonly NamedCount[];
  /** Lower-case words without punctuation. */
  readonly words: readonly NamedCount[];
  /** Some values. */
  readonly examples: readonly string[];
  /** Characters that turn the direction of text, or control characters: a display hazard. */
  readonly nControls: number;
}

export interface NamedCount {
  readonly name: string;
  readonly count: number;
}

/** Dates, UTC. */
export interface DateStatistics {
  /** ISO text; redacted. */
  readonly minimum: string | null;
  readonly maximum: string | null;
  readonly medianText: string | null;
  readonly rangeMs: number;
  /** All at midnight. */
  readonly isDateOnly: boolean;
  readonly isSorted: boolean;
  /** Most frequent step between sorted distinct instants, and steps over twice it; null where sketches were used. */
  readonly stepMs: number | null;
  readonly nGaps: number | null;
  readonly largestGapMs: number | null;
  /** By hour of the day (24, UTC), day of the week from Monday (7) and month (12). */
  readonly byHour: readonly number[];
  readonly byWeekday: readonly number[];
  readonly byMonth: readonly number[];
  readonly suspicious: SuspiciousDates;
}

/** Dates that are likely placeholders or mistakes. */
export interface SuspiciousDates {
  /** After the profile was made, before 1900, exactly 1970-01-01T00:00Z, or 1900-01-01, 1899-12-30 and 9999-12-31 and the like. */
  readonly future: number;
  readonly before1900: number;
  readonly epoch: number;
  readonly placeholder: number;
}

export interface BooleanStatistics {
  readonly nTrue: number;
  readonly nFalse: number;
  readonly shareTrue: number;
  /** What stands for true and false in the data, as text; null where redacted. */
  readonly trueValue: string | null;
  readonly falseValue: string | null;
}

/** Groups of strings that are one after trimming, collapsing white space and folding case. */
export interface CategoryVariants {
  readonly nGroups: number;
  /** Rows that hold another than their group's most frequent form. */
  readonly rows: Share;
  /** Some groups, the most frequent form first; empty where redacted. */
  readonly groups: readonly (readonly ValueCount[])[];
}

/** Rows of a string column by what their text looks like. */
export interface MixedTypes {
  readonly number: Share;
  readonly date: Share;
  readonly boolean: Share;
  readonly text: Share;
}

/** A column's relation to the target, over rows where the target is known. */
export interface TargetRelation {
  /** Groups: bins of equal counts for numbers and dates, values for the rest, and missing values. */
  readonly groups: readonly TargetGroup[];
  /** Binary: sum over groups of (share of positives - share of negatives) * ln of their ratio. */
  readonly informationValue: number | null;
  /** Binary: area under the ROC curve of the column alone, at least 0.5; groups scored out of fold for categories. */
  readonly auc: number | null;
  /** In [0, 1]: 2 auc - 1 for binary targets, else the square root of the share of variance explained, or Cramér's V. */
  readonly strength: number;
  readonly nRows: number;
  readonly isSampled: boolean;
}

/** Rows of one group. */
export interface TargetGroup {
  /** What the group is: "1 – 5", a value, or "missing"; null where redacted. */
  readonly label: string | null;
  readonly count: number;
  /** Rate of the positive class, or mean of the target; null for multiclass. */
  readonly rate: number | null;
  /** 95 % interval: Wilson's for rates, normal for means. */
  readonly low: number | null;
  readonly high: number | null;
}

/** A number over the rows in order (or in the order of the time column). */
export interface SeriesStatistics {
  /** Values it was computed from: at most `seriesRows` of the first rows. */
  readonly nRows: number;
  /** Lags 0, 1, … of the autocorrelation and the partial autocorrelation (Yule-Walker). */
  readonly acf: readonly number[];
  readonly pacf: readonly number[];
  /** 95 % bound of both for white noise. */
  readonly bound: number;
  /** Augmented Dickey-Fuller test with constant, lags by AIC; null where it cannot be run. */
  readonly adf: { readonly statistic: number; readonly p: number; readonly lags: number; readonly nObs: number } | null;
  readonly isStationary: boolean | null;
  /** Periods in rows that stand out in the spectrum, strongest first. */
  readonly periods: readonly { readonly period: number; readonly share: number }[];
  readonly isSeasonal: boolean;
  /** Runs of missing values, longest first: first row and number of rows. */
  readonly gaps: { readonly count: number; readonly longest: number };
  /** The series for drawing: means of consecutive rows; empty where redacted. */
  readonly line: readonly (number | null)[];
  readonly rowsPerPoint: number;
}
