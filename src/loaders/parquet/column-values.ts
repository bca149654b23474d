// Where the values of a column's pages go: an array with a place a row, filled page by page.

import type { ColumnPart } from './column-part.js';
import type { ByteRange } from './hybrid-runs.js';
import type { Encoding } from './page-header.js';

/** Values that are there, of one page; those that are missing are spread in afterwards. */
export interface PageValues {
  readonly range: ByteRange;
  readonly encoding: Encoding;
  readonly count: number;
  /** Place of the first one. */
  readonly at: number;
}

/** Takes the pages of one column. All methods throw PARQUET_MALFORMED. */
export interface ColumnValues {
  /** Takes the dictionary that the pages of a chunk refer to; called at the start of each chunk, with no value where it has none. */
  setDictionary(range: ByteRange, count: number): void;
  /** Reads the values of a page into consecutive places. */
  read(page: PageValues): void;
  /** Moves the values read at `at` apart: a row has one where its level is 1, and is missing where it is 0. */
  spread(levels: Int32Array, nRows: number, at: number): void;
  /** All values. The memory is handed over. @throws TEXT_ENCODING */
  finish(): ColumnPart;
}
