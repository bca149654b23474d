// SQL over CSV, Parquet and JSON files, and joins past memory, by DuckDB where its package is installed.
import type { ColumnTable } from 'arquero';
import { checkSignal } from '../../core/check-signal.js';
import type { DataLoader, LoadControl } from '../../core/data-loader.js';
import { isTabwrightError } from '../../core/is-tabwright-error.js';
import { type OptionsInput, optionsTable } from '../../core/options-table.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { duckdbCell, duckdbType } from './duckdb-cells.js';
import { type DuckdbConnection, type DuckdbResult, type DuckdbValue, openDuckdb } from './duckdb-session.js';
import type { ResultPiece } from './result-columns.js';
import { resultTables, wholeTable } from './result-tables.js';
import type { ValueType } from './value-type.js';

/** How much a batch of a DuckDB query holds. */
export const duckdbBatchOptions = optionsTable('duckdb.batches', {
  rows: { type: 'integer', default: 10_000, min: 1, doc: 'Rows of a batch.' },
});

/** Options of DuckDB queries that run in an instance of their own. */
export const duckdbOptions = optionsTable('duckdb', {
  memoryLimit: {
    type: 'string',
    default: undefined,
    doc: 'Most memory that DuckDB takes, such as 500MB; it spills to disk past it. 80 % of the machine’s where absent.',
  },
  numThreads: { type: 'integer', default: 0, min: 0, max: 64, doc: 'Threads of DuckDB; 0 for one a processor.' },
  tempDirectory: {
    type: 'string',
    default: undefined,
    doc: 'Folder to spill to. A folder in that of temporary files where absent.',
  },
});

/** What to ask. */
export interface DuckdbRequest extends OptionsInput<typeof duckdbOptions> {
  /** One statement. */
  readonly query: string;
  /** Values of the parameters `$1`, `$2` and so on; never written into the text. */
  readonly params?: readonly DuckdbValue[] | undefined;
  /** Files to query by name: paths or `file:` URLs that end in .csv, .tsv, .parquet, .json, .ndjson or .jsonl, also .gz. */
  readonly files?: Readonly<Record<string, string | URL>> | undefined;
  /** A connection of @duckdb/node-api to query, in the place of an instance in memory; then neither files nor options. */
  readonly connection?: DuckdbConnection | undefined;
}

/** How to read in batches. */
export interface DuckdbBatchControl extends LoadControl, OptionsInput<typeof duckdbBatchOptions> {}

/** A loader of a DuckDB query's rows. */
export interface DuckdbLoader extends DataLoader<'data'> {
  /** Reads the rows in batches, of which one is held at a time. The errors are those of `load`. */
  batches(control?: DuckdbBatchControl): AsyncIterable<ColumnTable>;
}

/**
 * Loads the rows of a DuckDB query as the table `data`. Nothing is read before `load`, which throws PACKAGE_MISSING without
 * @duckdb/node-api, SOURCE_FAILED with DuckDB's error as its cause, COLUMN_INVALID for types that no column holds and integers
 * that a number does not hold, DATA_EMPTY where there are no rows, CANCELLED.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @example
 * const { data } = await duckdb({
 *   files: { usage: 'usage.parquet', customers: 'customers.csv' },
 *   query: 'select c.id, count(*) as n from customers c join usage u on u.customer = c.id group by c.id',
 * }).load();
 */
export function duckdb({ query, params = [], files = {}, connection, ...options }: DuckdbRequest): DuckdbLoader {
  const resolved = resolveOptions(duckdbOptions, options);
  const own = [...Object.values(options).filter((value) => value !== undefined), ...Object.keys(files)];
  if (connection !== undefined && own.length > 0) {
    throw new TabwrightError(
      'OPTION_INVALID',
      'duckdb: files and options must be left out where a connection is given',
    );
  }
  const open = connection === undefined ? openDuckdb(files, resolved) : async () => ({ connection, close: () => {} });
  async function* pieces(signal: AbortSignal | undefined): AsyncGenerator<ResultPiece> {
    checkSignal(signal);
    const session = await open();
    const interrupt = () => session.connection.interrupt();
    signal?.addEventListener('abort', interrupt);
    try {
      yield* resultPieces(await session.connection.stream(query, [...params]));
    } catch (error) {
      checkSignal(signal);
      throw isTabwrightError(error) ? error : queryError(error);
    } finally {
      signal?.removeEventListener('abort', interrupt);
      session.close();
    }
  }
  return {
    load: async (control = {}) => ({ data: await wholeTable('duckdb', pieces(control.signal), control) }),
    async *batches({ rows: asked, ...control } = {}) {
      const { rows } = resolveOptions(duckdbBatchOptions, { rows: asked });
      yield* resultTables('duckdb', pieces(control.signal), control, rows);
    },
  };
}

/** DuckDB's chunks of some thousand rows, column by column. */
async function* resultPieces(result: DuckdbResult): AsyncGenerator<ResultPiece> {
  const types = Array.from({ length: result.columnCount }, (_, column) => columnType(result, column));
  const fields = types.map((type, column) => ({ name: result.columnName(column), type }));
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    const vectors = types.map((_, column) => chunk.getColumnVector(column));
    yield {
      fields,
      nRows: chunk.rowCount,
      cell: (row, column) => duckdbCell(vectors[column]?.getItem(row), types[column] as ValueType),
    };
  }
}

function columnType(result: DuckdbResult, column: number): ValueType {
  const type = duckdbType(result.columnTypeId(column));
  if (type !== undefined) return type;
  const name = result.columnName(column);
  const rule = `is of type ${result.columnType(column)}, which no column holds; cast it in the query`;
  throw new TabwrightError('COLUMN_INVALID', `duckdb: column ${name} ${rule}`);
}

/** DuckDB's messages show values: this one has only the kind of the error. */
function queryError(cause: unknown): TabwrightError {
  const kind = /^([A-Z][A-Za-z ]* Error):/.exec(cause instanceof Error ? cause.message : '')?.[1];
  const what = kind === undefined ? 'the query failed' : `the query failed (${kind})`;
  return new TabwrightError('SOURCE_FAILED', `duckdb: ${what}`, { cause });
}
