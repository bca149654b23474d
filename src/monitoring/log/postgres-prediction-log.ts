// The prediction log in PostgreSQL, for processes that share one: groups of records as one statement each.
import type { Logger } from '../../core/logger.js';
import { silentLogger } from '../../core/logger.js';
import type { OptionsInput } from '../../core/options-table.js';
import { optionsTable } from '../../core/options-table.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { Group } from './group-commit.js';
import { GroupCommit } from './group-commit.js';
import { isRecord } from './parse-record.js';
import type { LogRecord, PredictionLog } from './prediction-log.js';

/** Plain options of the log in PostgreSQL. */
export const postgresPredictionLogOptions = optionsTable('postgresPredictionLog', {
  table: { type: 'string', default: 'tabwright_predictions', doc: 'Table of the records, made where it is absent.' },
  flushMs: {
    type: 'integer',
    default: 100,
    min: 1,
    max: 60_000,
    doc: 'How long records wait for others before they are sent together, in milliseconds.',
  },
  maxPending: {
    type: 'integer',
    default: 100_000,
    min: 1,
    doc: 'Most records in memory; more are dropped and counted.',
  },
  retryMs: {
    type: 'integer',
    default: 1000,
    min: 1,
    doc: 'How long to wait after a statement that failed, in milliseconds.',
  },
});

/** Runs statements: a client or pool of `pg`, or anything of that shape. It stays the caller's. */
export interface PredictionLogClient {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly object[] }>;
}

/** What {@link postgresPredictionLog} takes. */
export interface PostgresPredictionLogOptions extends OptionsInput<typeof postgresPredictionLogOptions> {
  readonly client: PredictionLogClient;
  /** Told where records cannot be sent. */
  readonly logger?: Logger | undefined;
}

const TABLE_NAME = /^[a-z_][a-z0-9_]{0,62}$/;
/** Most records in one statement. */
const STATEMENT_ROWS = 5000;
/** The one character that PostgreSQL holds in no text, as JSON writes it; behind an even number of backslashes. */
const NUL = /(?<!\\)((?:\\\\)*)\\u0000/g;

/**
 * A log in a table: `at`, `kind`, `served`, `id` and the whole `record` as JSON. Several processes may write to one table. A database
 * that is away costs records past `maxPending`, which are counted, and never a prediction.
 * @throws OPTION_INVALID, OPTION_UNKNOWN, and what the client throws where the table cannot be made
 */
export async function postgresPredictionLog({
  client,
  logger = silentLogger,
  ...given
}: PostgresPredictionLogOptions): Promise<PredictionLog> {
  const options = resolveOptions(postgresPredictionLogOptions, given);
  const { table } = options;
  if (!TABLE_NAME.test(table)) {
    throw new TabwrightError(
      'OPTION_INVALID',
      'postgresPredictionLog: table must be a name of lower-case letters, digits and _',
    );
  }
  await client.query(`create table if not exists ${table} (
    seq bigint generated always as identity primary key,
    at timestamptz not null, kind text not null, served text not null, id text not null, record jsonb not null)`);
  await client.query(`create index if not exists ${table}_id on ${table} (id)`);
  const insert = `insert into ${table} (at, kind, served, id, record)
    select to_timestamp((r->>'timeMs')::float8 / 1000), r->>'kind', r->>'served', r->>'id', r
    from jsonb_array_elements($1::jsonb) as r`;

  /** One statement, so that all of a group is there or nothing. */
  async function write({ records }: RecordGroup): Promise<void> {
    await client.query(insert, [JSON.stringify(records).replace(NUL, '$1')]);
  }

  const onFailure = (error: unknown) =>
    logger.warn({ err: error }, 'prediction log: records wait, and are dropped past a bound');
  const commits = new GroupCommit(recordGroup, write, { ...options, onFailure });
  return {
    append: (record) => commits.add(record),
    flush: () => commits.flush(),
    close: () => commits.close(),
    counts: () => ({ written: commits.written, dropped: commits.dropped, pending: commits.pending }),
    async *recent(atLeast) {
      await commits.flush();
      const { rows } = await client.query(`select max(seq) as last from ${table}`);
      const last = Number((rows[0] as { last: string | null } | undefined)?.last ?? 0);
      for (let after = Math.max(0, last - atLeast); after < last; after += STATEMENT_ROWS) {
        const block = await client.query(`select record from ${table} where seq > $1 and seq <= $2 order by seq`, [
          after,
          Math.min(last, after + STATEMENT_ROWS),
        ]);
        yield block.rows.map((row) => (row as { record: unknown }).record).filter(isRecord);
      }
    },
  };
}

interface RecordGroup extends Group<LogRecord> {
  readonly records: LogRecord[];
}

function recordGroup(): RecordGroup {
  const records: LogRecord[] = [];
  return {
    records,
    get count() {
      return records.length;
    },
    add: (record) => void records.push(record),
  };
}
