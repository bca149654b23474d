// What makes the bytes of one file out of tables.
import type { ColumnTable } from 'arquero';
import type { JsonObject } from '../core/json.js';

/** Some of a file: text is UTF-8. */
export type FilePiece = string | Uint8Array;

/** Makes one file. */
export interface TableWriter {
  /** The bytes of a table's rows, to be taken to the end; all tables have the columns of the first. @throws COLUMN_INVALID */
  pieces(table: ColumnTable): Iterable<FilePiece>;
  /** The last bytes of the file. */
  end(): FilePiece;
  /** How far the file is, as plain data: a writer made with it goes on from there. */
  state(): JsonObject;
}
