// Loads the rows of a query, through a database connection that the caller gives.
import type { ColumnTable } from 'arquero';
import { checkSignal } from '../../core/check-signal.js';
import type { DataLoader, LoadControl } from '../../core/data-loader.js';
import { isTabwrightError } from '../../core/is-tabwright-error.js';
import { type OptionsInput, optionsTable } from '../../core/options-table.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { systemCode } from '../../core/storage-error.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { ResultPiece } from './result-columns.js';
import { resultTables, wholeTable } from './result-tables.js';
import type { SqlClient, SqlQuery } from './sql-client.js';
import { untilAborted } from './until-aborted.js';

/** How much a batch of a query holds. */
export const sqlBatchOptions = optionsTable('sql.batches', {
  rows: { type: 'integer', default: 10_000, min: 1, doc: 'Rows of a batch.' },
});

/** Rows fetched at a time where all are loaded. */
const FETCHED_ROWS = 10_000;

/** What to ask whom. */
export interface SqlRequest {
  /** One statement, with the database's own marks for parameters: $1 and so on for PostgreSQL. */
  readonly query: string;
  /** Values of the parameters. */
  readonly params?: readonly unknown[] | undefined;
  /** A client or pool of `pg`, one made by {@link postgres}, or an object of this shape around another driver. */
  readonly client: SqlClient;
}

/** How to read in batches. */
export interface SqlBatchControl extends LoadControl, OptionsInput<typeof sqlBatchOptions> {}

/** A loader of a query's rows. */
export interface SqlLoader extends DataLoader<'data'> {
  /**
   * Reads the rows in batches, of which one is held at a time; the client must be able to stream.
   * @throws OPTION_INVALID for a client that does not stream; the errors of `load`
   */
  batches(control?: SqlBatchControl): AsyncIterable<ColumnTable>;
}

/**
 * Loads the rows of a query as the table `data`. Nothing is asked before `load`, which throws SOURCE_FAILED with the driver's
 * error as its cause, COLUMN_INVALID for two columns of one name and for cells that no column holds, DATA_EMPTY where there are
 * no rows, CANCELLED. Declared types win over those of the database.
 * @example
 * const { data } = await sql({ query: 'select * from prospects where age > $1', params: [18], client: pool }).load();
 */
export function sql({ query, params = [], client }: SqlRequest): SqlLoader {
  const statement: SqlQuery = {
    text: query,
    values: [...params],
    rowMode: 'array',
    queryMode: 'extended',
    types: { getTypeParser: () => (text) => text },
  };
  return {
    async load(control = {}) {
      return { data: await wholeTable('sql', rowsOf(client, statement, FETCHED_ROWS, control.signal), control) };
    },
    async *batches({ rows: asked, ...control } = {}) {
      const { rows } = resolveOptions(sqlBatchOptions, { rows: asked });
      if (!('stream' in client)) {
        throw new TabwrightError(
          'OPTION_INVALID',
          'sql: batches need a client that streams, such as postgres(pool, Cursor)',
        );
      }
      yield* resultTables('sql', rowsOf(client, statement, rows, control.signal), control, rows);
    },
  };
}

/** The rows in pieces; all in one where the client does not stream. */
async function* rowsOf(
  client: SqlClient,
  statement: SqlQuery,
  rows: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<ResultPiece> {
  checkSignal(signal);
  try {
    const pieces =
      'stream' in client ? client.stream(statement, { rows, signal }) : [untilAborted(client.query(statement), signal)];
    for await (const { fields, rows: cells } of pieces) {
      yield { fields, nRows: cells.length, cell: (row, column) => cells[row]?.[column] };
    }
  } catch (error) {
    checkSignal(signal);
    if (isTabwrightError(error)) throw error;
    const code = systemCode(error);
    const what = code === undefined ? 'the query failed' : `the query failed (${code})`;
    throw new TabwrightError('SOURCE_FAILED', `sql: ${what}`, { cause: error });
  }
}
