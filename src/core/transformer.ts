// The contract of a preprocessing step: fitted once on a table, then applied to tables and to single rows with the same bits.
import type { ColumnTable } from 'arquero';
import type { Cell } from './cell.js';
import type { ModelFeature } from './feature-matrix.js';
import type { Task } from './feature-spec.js';
import type { JsonObject } from './json.js';

/** The target as a step may use it: numbers [nRows] as in TrainingData. */
export type TargetVector = Float64Array;

/** What the target is, told to steps by training. */
export interface TargetKind {
  readonly task: Task;
  /** Classes of a multiclass task; 2 for binary, 1 for regression. */
  readonly nClasses: number;
}

/** A step that has learned, with what it made of the rows it learned from. */
export interface FittedTable {
  readonly fitted: FittedTransformer;
  readonly table: ColumnTable;
}

/** A preprocessing step with its settings. */
export interface Transformer {
  /** Identifies the step in files: "oneHot". */
  readonly kind: string;
  /**
   * Learns what the step needs (means, levels) from the rows; changes neither them nor itself.
   * @throws COLUMN_MISSING, COLUMN_INVALID, DATA_EMPTY
   */
  fit(table: ColumnTable, target?: TargetVector, kind?: TargetKind): FittedTransformer;
  /**
   * Only for a step that gives the rows it learns from other values than it gives any other rows, such as encodings that
   * leave each row's own target out. Training uses the table, everything else the fitted step, which is that of `fit`.
   * Absent, the table is what the fitted step makes of it.
   */
  fitTransform?(table: ColumnTable, target?: TargetVector, kind?: TargetKind): FittedTable;
}

/** Where a row step finds and puts its cells: positions in an array that one row's steps share. */
export interface RowSlots {
  /** The position that holds a column now. @throws COLUMN_MISSING */
  read(column: string): number;
  /** A position for a column that this step writes; may be the one it was read from. */
  write(column: string): number;
}

/** Reads some cells of a row and writes others, in place. */
export type RowStep = (cells: Cell[]) => void;

/** A preprocessing step that has learned. */
export interface FittedTransformer {
  readonly kind: string;
  /** Columns it reads. Those that are neither outputs nor kept leave the table. */
  readonly inputs: readonly string[];
  /** Inputs that stay in the table as they are; none where absent. */
  readonly keeps?: readonly string[];
  /** Columns it writes, in order: an input's name replaces that column, a new name is appended. */
  readonly outputs: readonly ModelFeature[];
  /**
   * The inputs that each output is made of, by output, from which explanations go back to a row's own features. An output that
   * is not there is made of the input of its name, or else of all of them.
   */
  readonly sources?: ReadonlyMap<string, readonly string[]>;
  /** A table with the outputs in place of the inputs; other columns are passed on by reference. */
  transform(table: ColumnTable): ColumnTable;
  /** The same step for one row, with no table made. Called once; the step it returns runs per row. */
  rowStep(slots: RowSlots): RowStep;
  /** Plain data from which a {@link TransformerReader} makes the same step. */
  toJSON(): TransformerJson;
}

/** A fitted step as plain data. */
export interface TransformerJson {
  readonly kind: string;
  readonly [key: string]: JsonObject[string];
}

/** Makes a fitted step from its plain data, which is untrusted. @throws BUNDLE_INVALID */
export type TransformerReader = (json: JsonObject) => FittedTransformer;
