// What a model reads and predicts, as plain data: the form of a feature schema that is stored with a model.
import type { Label } from './cell.js';

/** What a model predicts. */
export type Task = 'binary' | 'multiclass' | 'regression';

/** The type of a column's values; `datetime` is an instant, held as epoch milliseconds (UTC). */
export type FieldType = 'number' | 'integer' | 'boolean' | 'string' | 'datetime';

/** One column a row may have, with the checks its values must pass. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  /** Whether null, undefined and missing-value tokens are allowed. */
  readonly nullable: boolean;
  /** The only values a string may have, in declared order. */
  readonly levels?: readonly string[];
  /** Inclusive and exclusive bounds of a number. */
  readonly min?: number;
  readonly max?: number;
  readonly exclusiveMin?: number;
  readonly exclusiveMax?: number;
  readonly multipleOf?: number;
  /** Bounds on a string's length in UTF-16 code units. */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Regular expression source (flag u) that a string must match. */
  readonly pattern?: string;
}

/** The column to predict. */
export interface Target {
  readonly column: string;
  readonly task: Task;
  /** The label whose probability is the score of a binary task. */
  readonly positive?: Label;
  /** Labels in output order; for a binary task [negative, positive]. Filled in by training. */
  readonly classes?: readonly Label[];
}

/** A column that is in the data but is no feature. */
export interface IgnoredColumn {
  readonly name: string;
  /** Why, in words: "every value differs, like an id". */
  readonly reason: string;
}

/** Features and target as plain JSON. */
export interface FeatureSpec {
  readonly fields: readonly Field[];
  readonly target?: Target;
  readonly ignored?: readonly IgnoredColumn[];
  /** Strings that mean missing; `[""]` where absent. */
  readonly missing?: readonly string[];
}

/** A schema with the row type it stands for. */
export interface FeatureSchema<Row = unknown> {
  readonly spec: FeatureSpec;
  /** Rules that plain data cannot express, checked after those of `spec`; returns the broken ones. */
  readonly refine?: ((row: unknown) => readonly { readonly column: string; readonly rule: string }[]) | undefined;
  /** Carries the row type; never present at run time. */
  readonly '~row'?: Row;
}

/** The row type of a schema: `type Prospect = RowOf<typeof prospect>`. */
export type RowOf<S> = S extends FeatureSchema<infer Row> ? Row : never;
