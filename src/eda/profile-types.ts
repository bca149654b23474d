// The profile of a table as plain JSON, format `tabwright.profile/1`: what the page is drawn from and what `--json` prints. A number
// that cannot be told (the mean of nothing, a variance past the largest double) is null. A redacted profile holds no cell of the
// table: every field marked "redacted" is then null or empty, and labels of values are null.
import type { FeatureSpec } from '../core/feature-spec.js';
import type { ColumnProfile, Histogram, Share } from './column-profile-types.js';

/** Everything known about a table. */
export interface Profile {
  readonly format: 'tabwright.profile/1';
  readonly title: string;
  readonly isRedacted: boolean;
  readonly isMinimal: boolean;
  readonly overview: Overview;
  /** Worst first, then in order of the columns. */
  readonly alerts: readonly Alert[];
  /** In the order of the table. */
  readonly columns: readonly ColumnProfile[];
  readonly associations: Associations;
  readonly interactions: readonly Interaction[];
  readonly missing: MissingProfile;
  readonly duplicates: DuplicateRows;
  readonly sample: RowSample;
  /** Absent where no target was given. */
  readonly target?: TargetProfile;
  /** Absent where no column can be a feature. */
  readonly features?: FeaturesProposal;
  readonly reproduction: Reproduction;
}

/** The table as a whole. */
export interface Overview {
  readonly nRows: number;
  readonly nColumns: number;
  readonly nCells: number;
  readonly missingCells: Share;
  /** Rows past the first of their group. */
  readonly duplicateRows: Share;
  /** Bytes the table takes in typed columns, with its distinct strings. */
  readonly memoryBytes: number;
  readonly bytesPerRow: number | null;
  /** Columns of each type that occurs. */
  readonly types: Readonly<Partial<Record<ColumnProfile['type'], number>>>;
  readonly nAlerts: number;
  /** Whether every number of columns is exact; where not, `distinct` and `quantiles` of a column say how exact. */
  readonly isExact: boolean;
}

/** What an alert is about. */
export type AlertKind =
  | 'leakage'
  | 'unsupported'
  | 'empty'
  | 'constant'
  | 'missing'
  | 'infinite'
  | 'duplicates'
  | 'nearDuplicate'
  | 'mixedTypes'
  | 'suspiciousDates'
  | 'highCorrelation'
  | 'idLike'
  | 'unique'
  | 'highCardinality'
  | 'imbalance'
  | 'categoryVariants'
  | 'skewed'
  | 'outliers'
  | 'zeros'
  | 'uniform'
  | 'nonStationary'
  | 'seasonal';

/** One thing to look at. */
export interface Alert {
  readonly kind: AlertKind;
  /** `bad`: a model or a figure made from it would be wrong; `warn`: look at it; `info`: know it. */
  readonly level: 'bad' | 'warn' | 'info';
  /** Name of the column; absent for the table as a whole. */
  readonly column?: string;
  /** The other columns it is about. */
  readonly others?: readonly string[];
  /** What was measured (a share, a correlation, a count) and the threshold it passed. */
  readonly value: number;
  readonly threshold: number;
  /** In words, without the column's name: "5.7% missing". Holds no cell. */
  readonly text: string;
}

/** Measures of association. */
export type AssociationKind = 'auto' | 'pearson' | 'spearman' | 'kendall' | 'cramersV' | 'phiK';

/** Associations between columns. */
export interface Associations {
  readonly matrices: readonly AssociationMatrix[];
  /** Eligible columns that are in no matrix, because there were more than `correlationColumns`. */
  readonly nLeftOut: number;
}

/** A symmetric matrix. */
export interface AssociationMatrix {
  readonly kind: AssociationKind;
  readonly columns: readonly string[];
  /** Positions in `columns` so that similar ones stand side by side (average linkage of 1 - |value|). */
  readonly order: readonly number[];
  /** Rows of the matrix in [-1, 1], in the order of `columns`; null where it cannot be told. */
  readonly values: readonly (readonly (number | null)[])[];
  /** Rows it was computed from, and whether they are a seeded sample of the table. */
  readonly nRows: number;
  readonly isSampled: boolean;
}

/** Two numeric or date columns as a grid of counts. */
export interface Interaction {
  readonly x: string;
  readonly y: string;
  /** Edges, ascending, one more than bins; empty where redacted. */
  readonly xEdges: readonly number[];
  readonly yEdges: readonly number[];
  /** Counts, row by row of y: `counts[yBin * nX + xBin]`, `nX * nY` of them. */
  readonly counts: readonly number[];
  readonly nX: number;
  readonly nY: number;
  /** Rows left out, where a value is far out: edges run from the 0.1 % to the 99.9 % quantile where that shows more. */
  readonly nOutside: number;
  readonly nRows: number;
  readonly isSampled: boolean;
}

/** What is missing where. */
export interface MissingProfile {
  /** For each column of the table, in order; also the bars. */
  readonly columns: readonly { readonly column: string; readonly missing: Share }[];
  /** Missing shares over the rows: blocks of consecutive rows, for columns with anything missing. */
  readonly matrix: {
    readonly columns: readonly string[];
    readonly rowsPerBlock: number;
    readonly nBlocks: number;
    /** For each column its blocks, in [0, 1]. */
    readonly shares: readonly (readonly number[])[];
  };
  /** How far two columns miss together: correlation of being missing; columns wholly missing or never are left out. */
  readonly heatmap: Omit<AssociationMatrix, 'kind'>;
}

/** Rows that are equal in every column. */
export interface DuplicateRows {
  /** Rows past the first of their group: what dropping duplicates removes. */
  readonly rows: Share;
  /** Distinct rows that occur more than once. */
  readonly nGroups: number;
  /** Rows in those groups, the first ones included. */
  readonly nRowsInGroups: number;
  readonly isExact: boolean;
  /** Standard error of the counts relative to them, where not exact. */
  readonly relativeError: number;
  /** Some of the groups, the largest first; redacted. */
  readonly examples: readonly { readonly count: number; readonly cells: readonly Cell[] }[];
}

/** A cell as it is shown: text cut after 200 characters, dates in ISO form. */
export type Cell = string | number | boolean | null;

/** Some rows; redacted. */
export interface RowSample {
  readonly head: readonly (readonly Cell[])[];
  readonly tail: readonly (readonly Cell[])[];
  /** Drawn at random by the seed, in order of the table. */
  readonly random: readonly (readonly Cell[])[];
}

/** The column to predict. */
export interface TargetProfile {
  readonly column: string;
  readonly task: 'binary' | 'multiclass' | 'regression';
  /** The class whose rate is shown, as text; null where redacted or a regression. */
  readonly positive: string | null;
  /** Rate of the positive class, or the mean; null for multiclass. */
  readonly rate: number | null;
  /** Columns by how well each alone tells the target, best first. */
  readonly ranking: readonly { readonly column: string; readonly strength: number }[];
  readonly nRows: number;
  readonly isSampled: boolean;
}

/** A `defineFeatures` that is ready to be edited. */
export interface FeaturesProposal {
  readonly spec: FeatureSpec;
  /** TypeScript source. */
  readonly source: string;
}

/** How the profile was made. */
export interface Reproduction {
  /** Version of the library. */
  readonly version: string;
  /** ISO times; how long it took in milliseconds. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly durationMs: number;
  /** What was read, in the caller's words; null where not said. */
  readonly source: string | null;
  /** Every option as it was used; those of alerts by their names. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly alertThresholds: Readonly<Record<string, number>>;
  readonly seed: number;
  /** Rows of the seeded sample that associations, interactions and words were computed from; all where there are few. */
  readonly sampleRows: number;
  readonly nThreads: number;
}

/** Several profiles of like tables side by side. */
export interface ProfileComparison {
  readonly format: 'tabwright.comparison/1';
  /** One word for each profile, such as "train" and "current"; the first is the reference. */
  readonly names: readonly string[];
  readonly profiles: readonly ComparedProfile[];
  /** Columns of any profile, in the order they first appear. */
  readonly columns: readonly ComparedColumn[];
}

/** What one profile gives to a comparison as a whole. */
export interface ComparedProfile {
  readonly name: string;
  readonly overview: Overview;
  readonly alerts: readonly Alert[];
  readonly reproduction: Reproduction;
}

/** One column in every profile. */
export interface ComparedColumn {
  readonly name: string;
  /** In the order of the profiles; null where a profile has no such column. */
  readonly profiles: readonly (ColumnProfile | null)[];
  /** What is not the same: "presence", "type", "missing", "range", "levels". */
  readonly changes: readonly string[];
  /** Numeric and date columns: shares of each profile over the same edges, for overlay; null where there is nothing to lay over. */
  readonly overlay: {
    readonly edges: Histogram['edges'];
    readonly shares: readonly (readonly number[] | null)[];
  } | null;
  /** Measures of drift of each profile against the first, by name; null where profiles do not keep what they need. */
  readonly drift: readonly (Readonly<Record<string, number>> | null)[] | null;
}
