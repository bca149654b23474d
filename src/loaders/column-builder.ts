import type { Column } from '../table/column.js';
import type { CellBlock } from './cell-block.js';
import type { ColumnPart } from './column-part.js';

/** Turns one column's cells into a typed column, block by block. */
export interface ColumnBuilder {
  /** Adds the cells of the block's rows; false where one does not fit, and then the builder is of no more use. */
  append(cells: CellBlock, column: number): boolean;
  /** The column of all cells added. */
  finish(): Column;
  /** The cells added as a part of a longer column; its arrays may be handed over to another thread. */
  part(): ColumnPart;
}
