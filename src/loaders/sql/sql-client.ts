// The contract of a database connection, in the words of `pg`; for other drivers it is a few lines to write.
import type { FieldType } from '../../core/feature-spec.js';

/** A statement. */
export interface SqlQuery {
  readonly text: string;
  /** Values of the parameters; never written into the text. */
  readonly values: unknown[];
  /** Rows are arrays, in the order of the columns. */
  readonly rowMode: 'array';
  /** One statement only. */
  readonly queryMode: 'extended';
  /** Cells come as the database writes them; a driver that gives JavaScript values may ignore this. */
  readonly types: { getTypeParser(): (text: string) => string };
}

/** A column of a result. */
export interface SqlField {
  readonly name: string;
  /** PostgreSQL's number of the type. */
  readonly dataTypeID?: number;
  /** The type, from drivers of other databases. Without either, the first cell that is not null decides. */
  readonly type?: FieldType;
}

/** Rows of a result. */
export interface SqlRows {
  readonly fields: readonly SqlField[];
  /** Cells by row and column: numbers, bigints, strings, booleans, Dates, null. */
  readonly rows: readonly (readonly unknown[])[];
}

/** Runs a statement and gives all its rows. Clients and pools of `pg` have this shape. */
export interface SqlQueryClient {
  query(statement: SqlQuery): Promise<SqlRows>;
}

/** Runs a statement and gives its rows in pieces, for data past memory. */
export interface SqlStreamClient {
  /**
   * Pieces of about so many rows; with each the fields. Ends the statement and frees its connection where the signal is aborted or
   * the reader stops.
   */
  stream(
    statement: SqlQuery,
    control: { readonly rows: number; readonly signal: AbortSignal | undefined },
  ): AsyncIterable<SqlRows>;
}

/** A way to a database. */
export type SqlClient = SqlQueryClient | SqlStreamClient;
