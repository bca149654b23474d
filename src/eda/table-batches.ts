// A table in memory, a loader's batches, or the table a loader loads, as chunks. A column whose later cells do not fit the type of the
// first ones is read once more as strings: a profile is there to show such a column, not to refuse it.
import type { ColumnTable } from 'arquero';
import type { DataLoader } from '../core/data-loader.js';
import type { FieldType } from '../core/feature-spec.js';
import { isTabwrightError } from '../core/is-tabwright-error.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { timeSlice } from '../core/time-slice.js';
import type { TableChunk } from './column-chunk.js';
import type { ProfileCrew } from './profile-crew.js';
import { tableChunks } from './read-chunks.js';
import type { ChunkTaker, SourceControl, TableSource } from './table-source.js';

const SMALL_CELLS = 300_000;
/** Chunks that may be with the crew while the next is read. */
const MAX_UNDERWAY = 1;

interface NamedChunk {
  readonly names: readonly string[];
  readonly chunk: TableChunk;
  /** Rows of the table that the chunk is of. */
  readonly nRows: number;
}

/** Opened, read and closed by one caller. */
export class TableBatches implements TableSource {
  isSmall = false;
  names: readonly string[] = [];
  readonly isInMemory: boolean;
  readonly #data: DataLoader | ColumnTable;
  readonly #control: SourceControl;
  readonly #types: Record<string, FieldType> = {};
  #first: TableChunk | undefined;
  #chunks: AsyncGenerator<NamedChunk> | undefined;

  constructor(data: DataLoader | ColumnTable, control: SourceControl) {
    this.#data = data;
    this.#control = control;
    this.isInMemory = !isLoader(data) || data.batches === undefined || control.table !== undefined;
  }

  get isReadHere(): boolean {
    return !this.isInMemory;
  }

  /** Reads the first chunk. @throws DATA_EMPTY and the errors of the loader */
  async open(): Promise<void> {
    this.#chunks = chunksOf(await this.#tables());
    const first = await this.#chunks.next();
    if (first.done) throw new TabwrightError('DATA_EMPTY', 'profile: there is no table');
    const { names, chunk, nRows } = first.value;
    this.names = names;
    this.isSmall = nRows * names.length < SMALL_CELLS;
    this.#first = chunk;
  }

  async read(to: ChunkTaker, crew: ProfileCrew): Promise<boolean> {
    try {
      await this.#readOnce(to, crew);
      return true;
    } catch (error) {
      const column = misfit(error);
      if (column === undefined || this.isInMemory || Object.hasOwn(this.#types, column)) throw error;
      this.#types[column] = 'string';
      await this.open();
      return false;
    }
  }

  async close(): Promise<void> {
    await this.#chunks?.return(undefined);
  }

  async #tables(): Promise<AsyncIterable<ColumnTable> | Iterable<ColumnTable>> {
    const data = this.#data;
    const { table, ...run } = this.#control;
    if (!isLoader(data)) return [data];
    if (this.isInMemory || data.batches === undefined) return [pick(await data.load(run), table)];
    return data.batches({ ...run, types: this.#types });
  }

  async #readOnce(to: ChunkTaker, { nThreads }: ProfileCrew): Promise<void> {
    const first = this.#first as TableChunk;
    this.#first = undefined;
    const underway: Promise<void>[] = [];
    const slice = timeSlice(this.#control.signal);
    // This thread, where it does the work, would do columns of two chunks in turns, and not in their order.
    const most = nThreads === 0 ? 0 : MAX_UNDERWAY;
    try {
      await to.open(first.columns.map(({ kind }) => kind));
      for await (const chunk of this.#rest(first)) {
        const taken = to.take(chunk);
        taken.catch(() => undefined); // awaited below, where it is thrown
        underway.push(taken);
        while (underway.length > most) await underway.shift();
        if (slice.due()) await slice.pause();
      }
      await Promise.all(underway);
    } finally {
      await Promise.allSettled(underway);
    }
  }

  async *#rest(first: TableChunk): AsyncGenerator<TableChunk> {
    yield first;
    for await (const { chunk } of this.#chunks as AsyncGenerator<NamedChunk>) yield chunk;
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

async function* chunksOf(tables: AsyncIterable<ColumnTable> | Iterable<ColumnTable>): AsyncGenerator<NamedChunk> {
  for await (const table of tables) {
    const names = table.columnNames();
    const nRows = table.numRows();
    for (const chunk of tableChunks(table)) yield { names, chunk, nRows };
  }
}
