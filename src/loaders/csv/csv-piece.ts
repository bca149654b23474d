// What the threads that read one CSV file together say to each other. Offsets are those of the file.
import type { FieldType } from '../../core/feature-spec.js';
import type { StringList } from '../string-dictionary.js';
import type { ResolvedCsvOptions } from './csv-options.js';

/** Distinct strings in order of first appearance in a piece. */
export interface PieceStrings extends StringList {
  /** Their hashes, alike for all pieces. */
  readonly hashes: Int32Array;
}

/** A column's cells in a piece, in memory of the thread that read them. Missing values are as in the table's columns. */
export type PiecePart =
  | { readonly type: 'number' | 'date'; readonly values: Float64Array }
  | { readonly type: 'boolean'; readonly values: Int8Array }
  | {
      readonly type: 'string';
      /** Positions in the piece's own dictionary; -1 is missing. */
      readonly codes: Int32Array;
      readonly dictionary: PieceStrings;
    };

/** What is the same for all pieces of a text. */
export interface CsvPlan {
  readonly size: number;
  /** Whether the text goes on past its size. */
  readonly hasMore: boolean;
  readonly nColumns: number;
  readonly options: ResolvedCsvOptions;
  /** ASCII code of the delimiter found. */
  readonly delimiter: number;
  /** Seed of the dictionaries' hashes. */
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
  readonly plan: CsvPlan;
  /** Tells the passes of a process apart: of one all pieces have the same columns, but for those found not to fit. */
  readonly pass: number;
  /** Which of the rooms of its thread the piece is read into; the piece that was there is gone. */
  readonly slot: number;
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
  readonly parts: readonly (PiecePart | undefined)[];
}

/** A task for a thread that reads a file itself. */
export interface CsvFileTask extends CsvPieceTask {
  /** File descriptor; threads of a process share them. */
  readonly fd: number;
}
