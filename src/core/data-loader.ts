// The contract of a source of tables.
import type { ColumnTable } from 'arquero';
import type { FieldType } from './feature-spec.js';
import type { RunControl } from './progress.js';

/** How to load. */
export interface LoadControl extends RunControl {
  /**
   * Types the schema declares, by column, for sources that must guess: a column declared `string` is not read as numbers.
   * Cells that do not fit another declared type stay strings, so that validation can name every one of them.
   */
  readonly types?: Readonly<Record<string, FieldType>> | undefined;
  /** Strings that the schema declares to mean missing, beside those that a source of untyped text takes for such itself. */
  readonly missing?: readonly string[] | undefined;
}

/** Reads one or several tables, by name. */
export interface DataLoader<Name extends string = string> {
  /** Loads every table. Numeric columns are typed arrays with NaN for missing; strings are dictionary columns. */
  load(control?: LoadControl): Promise<Readonly<Record<Name, ColumnTable>>>;
  /** Reads the first table in pieces, for data past memory; every piece has the same columns and types. */
  batches?(control?: LoadControl): AsyncIterable<ColumnTable>;
}
