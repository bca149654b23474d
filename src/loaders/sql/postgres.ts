// A pool of `pg` as a client that streams by cursor and ends statements on the server where the caller aborts.
import type { SqlField, SqlQuery, SqlRows, SqlStreamClient } from './sql-client.js';
import { untilAborted } from './until-aborted.js';

/** What is used of a `Pool` of `pg`. */
export interface PostgresPool {
  connect(): Promise<PostgresConnection>;
  query(text: string, values: unknown[]): Promise<unknown>;
}

/** What is used of a connection of the pool. */
export interface PostgresConnection {
  query(cursor: PostgresCursor): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
  release(destroy?: boolean): void;
}

/** What is used of a `Cursor` of `pg-cursor`. */
export interface PostgresCursor {
  submit: unknown;
  read(
    nRows: number,
    callback: (error: Error | undefined, rows: unknown[][], result: { readonly fields: readonly SqlField[] }) => void,
  ): unknown;
  close(): Promise<void>;
}

/** The class `Cursor` of `pg-cursor`. */
export type PostgresCursorClass = new (
  text: string,
  values: unknown[],
  config: Pick<SqlQuery, 'rowMode' | 'types'>,
) => PostgresCursor;

/**
 * A client for `sql` that reads by cursor, each statement on a connection of its own from the pool.
 * @example
 * import Cursor from 'pg-cursor';
 * const loader = sql({ query: 'select * from usage', client: postgres(pool, Cursor) });
 * for await (const table of loader.batches({ rows: 50_000 })) console.log(table.numRows());
 */
export function postgres(pool: PostgresPool, Cursor: PostgresCursorClass): SqlStreamClient {
  return {
    async *stream({ text, values, rowMode, types }, { rows, signal }) {
      const session = await openSession(pool, signal);
      let isDone = false;
      try {
        const cursor = new Cursor(text, values, { rowMode, types });
        session.connection.query(cursor);
        for (let isFull = true; isFull; ) {
          const piece = await session.whileAlive(read(cursor, rows));
          isFull = piece.rows.length === rows;
          yield piece;
        }
        await session.whileAlive(cursor.close());
        isDone = true;
      } finally {
        await session.end(isDone);
      }
    },
  };
}

/** A connection in use. */
interface Session {
  readonly connection: PostgresConnection;
  /** What the promise gives, unless the connection breaks or the signal is aborted first. */
  whileAlive<T>(promise: Promise<T>): Promise<T>;
  /** Gives the connection back; where its statement is not done, closes it and ends what the server still does for it. */
  end(isDone: boolean): Promise<void>;
}

async function openSession(pool: PostgresPool, signal: AbortSignal | undefined): Promise<Session> {
  const connection = await pool.connect();
  const broken = new AbortController();
  // Without a listener, a connection that breaks between two reads would end the process.
  const onError = (error: Error) => broken.abort(error);
  connection.on('error', onError);
  const either = signal === undefined ? broken.signal : AbortSignal.any([signal, broken.signal]);
  return {
    connection,
    whileAlive: (promise) => untilAborted(promise, either),
    async end(isDone) {
      connection.release(!isDone);
      if (isDone) connection.off('error', onError);
      else await terminate(pool, connection);
    },
  };
}

function read(cursor: PostgresCursor, nRows: number): Promise<SqlRows> {
  return new Promise((resolve, reject) => {
    cursor.read(nRows, (error, rows, result) => {
      if (error) reject(error);
      else resolve({ fields: result.fields, rows });
    });
  });
}

/**
 * Closing a connection does not end a statement that runs: the server would notice only when it has rows to send. The connection is
 * of no more use, so that its whole process may end; cancelling does nothing where it comes between two messages.
 */
async function terminate(pool: PostgresPool, connection: PostgresConnection): Promise<void> {
  const { processID } = connection as { readonly processID?: unknown };
  if (typeof processID !== 'number') return;
  await pool.query('select pg_terminate_backend($1)', [processID]).catch(() => undefined);
}
