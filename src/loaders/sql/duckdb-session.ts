// The few calls of @duckdb/node-api that a query takes, and an instance in memory over files.
import { TabwrightError } from '../../core/tabwright-error.js';
import { filePath } from '../file-path.js';

/** A value of a parameter. */
export type DuckdbValue = string | number | bigint | boolean | null;

/** What is used of a `DuckDBConnection` of @duckdb/node-api. */
export interface DuckdbConnection {
  stream(query: string, params: DuckdbValue[]): Promise<DuckdbResult>;
  interrupt(): void;
}

/** What is used of a result. */
export interface DuckdbResult {
  readonly columnCount: number;
  columnName(column: number): string;
  columnTypeId(column: number): number;
  columnType(column: number): { toString(): string };
  fetchChunk(): Promise<DuckdbChunk | null>;
}

/** Some rows of a result. */
export interface DuckdbChunk {
  readonly rowCount: number;
  getColumnVector(column: number): { getItem(row: number): unknown };
}

/** A connection in use. */
interface DuckdbSession {
  readonly connection: DuckdbConnection;
  close(): void;
}

interface InstanceOptions {
  readonly memoryLimit: string | undefined;
  /** 0 for as many as DuckDB takes itself. */
  readonly numThreads: number;
  readonly tempDirectory: string | undefined;
}

/** Functions of DuckDB that read a file, by what its name ends in. */
const READERS: readonly (readonly [RegExp, string])[] = [
  [/\.(csv|tsv)(\.gz|\.zst)?$/i, 'read_csv'],
  [/\.parquet$/i, 'read_parquet'],
  [/\.(json|ndjson|jsonl)(\.gz|\.zst)?$/i, 'read_json'],
];

/**
 * Checks the files' names and reads nothing. The function given back opens an instance in memory, its files as views.
 * @throws OPTION_INVALID for a file of another kind, or not on this machine
 */
export function openDuckdb(
  files: Readonly<Record<string, string | URL>>,
  options: InstanceOptions,
): () => Promise<DuckdbSession> {
  const views = Object.entries(files).map(([name, source]) => view(name, filePath('duckdb', source)));
  return async () => {
    const { DuckDBInstance } = await duckdbApi();
    const instance = await DuckDBInstance.create(':memory:', configuration(options));
    const connection = await instance.connect();
    const close = () => {
      connection.closeSync();
      instance.closeSync();
    };
    try {
      for (const statement of views) await connection.run(statement);
      return { connection, close };
    } catch (cause) {
      close();
      throw new TabwrightError('FILE_NOT_FOUND', 'duckdb: a file is not there or cannot be read', { cause });
    }
  };
}

async function duckdbApi(): Promise<typeof import('@duckdb/node-api')> {
  try {
    return await import('@duckdb/node-api');
  } catch (cause) {
    const message = 'duckdb needs the package @duckdb/node-api (version 1.5 or later): npm install @duckdb/node-api';
    throw new TabwrightError('PACKAGE_MISSING', message, { cause });
  }
}

function view(name: string, path: string): string {
  const reader = READERS.find(([ending]) => ending.test(path))?.[1];
  if (reader === undefined) {
    const rule = 'files must end in .csv, .tsv, .parquet, .json, .ndjson or .jsonl';
    throw new TabwrightError('OPTION_INVALID', `duckdb: ${rule}, got one that does not for ${name}`);
  }
  return `create view "${name.replaceAll('"', '""')}" as select * from ${reader}('${path.replaceAll("'", "''")}')`;
}

function configuration({ memoryLimit, numThreads, tempDirectory }: InstanceOptions): Record<string, string> {
  return {
    // A query must not install code by itself.
    autoinstall_known_extensions: 'false',
    ...(memoryLimit === undefined ? {} : { memory_limit: memoryLimit }),
    ...(numThreads === 0 ? {} : { threads: String(numThreads) }),
    ...(tempDirectory === undefined ? {} : { temp_directory: tempDirectory }),
  };
}
