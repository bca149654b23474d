import type { CellBlock } from '../cell-block.js';
import type { CsvDialect } from '../csv-dialect.js';
import type { PiecePart } from '../csv-piece.js';
import type { CsvKernel } from './csv-kernel.js';
import type { KernelMemory } from './kernel-memory.js';

/** What columns are read with. */
export interface KernelTools {
  readonly kernel: CsvKernel;
  readonly memory: KernelMemory;
  readonly dialect: CsvDialect;
  /** Address of the dialect. */
  readonly dialectAddress: number;
  /** Seed of the dictionaries. */
  readonly seed: number;
}

/** A block of cells in the kernel's memory. */
export interface KernelBlock {
  readonly block: CellBlock;
  /** Addresses of the text, of the cells' bounds and of their marks. */
  readonly text: number;
  readonly cells: number;
  readonly marks: number;
  /** The text's bytes, for the cells that the kernel does not read. */
  readonly bytes: Buffer;
}

/** Reads the cells of one column of a piece in the kernel's memory. */
export interface KernelColumn {
  /** Forgets the piece before. */
  begin(): void;
  /** Reads the cells of a block's rows; false where one does not fit, and then the column is of no more use in this piece. */
  append(block: KernelBlock): boolean;
  /** The cells read, where they stand until the next piece. */
  part(): PiecePart;
}
