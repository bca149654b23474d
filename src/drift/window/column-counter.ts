import type { Column } from '../../table/column.js';
import type { ColumnTally } from './column-tally.js';

/** Counts values of one column into a tally laid out as its reference. */
export interface ColumnCounter {
  readonly name: string;
  /** Bins or categories of the reference. */
  readonly nBins: number;
  /** Counts a value as it stands in a row: null and undefined are missing. */
  add(value: unknown, tally: ColumnTally): void;
  /** Counts the rows [from, to) of a column. */
  addColumn(column: Column, from: number, to: number, tally: ColumnTally): void;
}
