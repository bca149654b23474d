// The contract of a source of tables.
import type { ColumnTable } from 'arquero';
import type { RunControl } from './progress.js';

/** Reads one or several tables, by name. */
export interface DataLoader<Name extends string = string> {
  /** Loads every table. Numeric columns are typed arrays with NaN for missing; strings are dictionary columns. */
  load(control?: RunControl): Promise<Readonly<Record<Name, ColumnTable>>>;
  /** Reads the first table in pieces, for data past memory; every piece has the same columns and types. */
  batches?(control?: RunControl): AsyncIterable<ColumnTable>;
}
