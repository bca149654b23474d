// What the threads that read one CSV file together say to each other. Offsets are those of the file.
import type { FieldType } from '../core/feature-spec.js';
import type { ColumnPart } from './column-part.js';
import type { ResolvedCsvOptions } from './csv-options.js';

/** A CSV file that is open, and how it is written. */
export interface CsvFilePlan {
  /** File descriptor; threads of a process share them. */
  readonly fd: number;
  readonly size: number;
  readonly nColumns: number;
  readonly options: ResolvedCsvOptions;
  /** ASCII code of the delimiter found. */
  readonly delimiter: number;
  /** Seed of the dictionaries. */
  readonly seed: number;
}

/** A column to read, as one of the types it may have. */
export interface PieceColumn {
  readonly index: number;
  readonly declared: FieldType | undefined;
  /** Position among the kinds of `columnKinds(declared)`. */
  readonly kind: number;
}

/** Asks for the rows that start in [from, to). */
export interface CsvPieceTask {
  readonly plan: CsvFilePlan;
  readonly from: number;
  readonly to: number;
  /** Whether a row starts at `from`; where not, a place is guessed at which one does. */
  readonly isExact: boolean;
  readonly columns: readonly PieceColumn[];
}

/** The rows of a piece. */
export interface CsvPiece {
  /** Where a row was taken to start; between it and `firstRow` are only blank lines and comments. */
  readonly start: number;
  readonly firstRow: number;
  /** Where the next piece's rows start. */
  readonly end: number;
  readonly nRows: number;
  /** Whether something is wrong with the text, or with the guess. */
  readonly isFaulty: boolean;
  /** In the order of the task's columns; undefined where a cell is not of the type asked for. */
  readonly parts: readonly (ColumnPart | undefined)[];
}
