// What a profile reads: a table in memory, a loader's batches, or the table a loader loads. A column whose later cells do not fit the
// type of the first ones is read once more as strings: a profile is there to show such a column, not to refuse it.
import type { ColumnTable } from 'arquero';
import type { DataLoader } from '../core/data-loader.js';
import type { FieldType } from '../core/feature-spec.js';
import { isTabwrightError } from '../core/is-tabwright-error.js';
import type { RunControl } from '../core/progress.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { TableChunk } from './column-chunk.js';
import { tableChunks } from './read-chunks.js';

/** A table to be read from first to last chunk. */
export interface OpenedTable {
  readonly names: readonly string[];
  readonly chunks: AsyncIterable<TableChunk>;
  readonly isInMemory: boolean;
  /** Whether starting threads would take longer than it saves. */
  readonly isSmall: boolean;
}

/** Which table to read. */
export interface SourceControl extends RunControl {
  /** Name of the table, where a loader has several. */
  readonly table: string | undefined;
}

const SMALL_CELLS = 300_000;

/** Opens the data and has it read; again from the start where a column turns out to be of another type. */
export async function withTable<R>(
  data: DataLoader | ColumnTable,
  control: SourceControl,
  read: (table: OpenedTable) => Promise<R>,
): Promise<R> {
  if (!isLoader(data)) return read(await opened([data], true));
  const { table: name, ...run } = control;
  if (data.batches === undefined || name !== undefined) {
    return read(await opened([pick(await data.load(run), name)], true));
  }
  const types: Record<string, FieldType> = {};
  for (;;) {
    try {
      return await read(await opened(data.batches({ ...run, types }), false));
    } catch (error) {
      const column = misfit(error);
      if (column === undefined || Object.hasOwn(types, column)) throw error;
      types[column] = 'string';
    }
  }
}

function isLoader(data: DataLoader | ColumnTable): data is DataLoader {
  return typeof (data as DataLoader).load === 'function';
}

/** The column that an error says has cells of another type. */
function misfit(error: unknown): string | undefined {
  return isTabwrightError(error) && error.code === 'COLUMN_INVALID' ? error.problems[0]?.column : undefined;
}

function pick(tables: Readonly<Record<string, ColumnTable>>, wanted: string | undefined): ColumnTable {
  const names = Object.keys(tables);
  const table = tables[wanted ?? (names[0] as string)];
  if (table !== undefined) return table;
  throw new TabwrightError('OPTION_INVALID', `profile: table must be one of ${names.join(', ')}`);
}

async function opened(
  tables: AsyncIterable<ColumnTable> | Iterable<ColumnTable>,
  isInMemory: boolean,
): Promise<OpenedTable> {
  const source = chunksOf(tables);
  const first = await source.next();
  if (first.done) throw new TabwrightError('DATA_EMPTY', 'profile: there is no table');
  const { names, chunk, nRows } = first.value;
  return {
    names,
    isInMemory,
    isSmall: nRows * names.length < SMALL_CELLS,
    chunks: continued(chunk, source),
  };
}

interface NamedChunk {
  readonly names: readonly string[];
  readonly chunk: TableChunk;
  /** Rows of the table that the chunk is of. */
  readonly nRows: number;
}

async function* chunksOf(tables: AsyncIterable<ColumnTable> | Iterable<ColumnTable>): AsyncGenerator<NamedChunk> {
  for await (const table of tables) {
    const names = table.columnNames();
    const nRows = table.numRows();
    for (const chunk of tableChunks(table)) yield { names, chunk, nRows };
  }
}

async function* continued(first: TableChunk, rest: AsyncGenerator<NamedChunk>): AsyncGenerator<TableChunk> {
  try {
    yield first;
    for await (const { chunk } of rest) yield chunk;
  } finally {
    await rest.return(undefined);
  }
}
