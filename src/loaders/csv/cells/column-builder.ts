import type { Column } from '../../../table/column.js';
import type { CellBlock } from '../cell-block.js';

/** Turns one column's cells into a typed column, block by block. */
export interface ColumnBuilder {
  /** Adds the cells of the block's rows; false where one does not fit, and then the builder is of no more use. */
  append(cells: CellBlock, column: number): boolean;
  /** The column of all cells added. */
  finish(): Column;
}
