// Loads Parquet files as tables: only the columns asked for, on worker threads, without holding up the event loop.
import type { ColumnTable } from 'arquero';
import { checkSignal } from '../../core/check-signal.js';
import type { DataLoader, LoadControl } from '../../core/data-loader.js';
import { type OptionsInput, optionsTable } from '../../core/options-table.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { timeSlice } from '../../core/time-slice.js';
import type { Column } from '../../table/column.js';
import { makeTable } from '../../table/make-table.js';
import { rowSlice } from '../../table/row-slice.js';
import { bytesProgress } from '../bytes-progress.js';
import { type FileSource, isFileSource, localFile, type OpensLocalFile } from '../local-file.js';
import { type OpenParquet, openParquet, withName } from './open-parquet.js';
import { type ParquetOptions, parquetOptions, type ResolvedParquetOptions } from './parquet-options.js';
import { readParquetColumns } from './read-columns.js';

/** A Parquet file's path, its `file:` URL, a remote file, or its bytes. */
export type ParquetSource = FileSource | Uint8Array;

/** How much a batch holds. */
export const parquetBatchOptions = optionsTable('parquet.batches', {
  rows: {
    type: 'integer',
    default: undefined,
    min: 1,
    doc: 'Most rows of a batch; batches end where row groups do. A row group a batch where absent.',
  },
});

/** How to read in batches: of a row group each, or of at most `rows` rows. */
export interface ParquetBatchControl extends LoadControl, OptionsInput<typeof parquetBatchOptions> {}

/** A loader of Parquet files. */
export interface ParquetLoader<Name extends string = string> extends DataLoader<Name> {
  /** Reads the first file by row groups, of which one is held at a time. Throws the errors of `load`. */
  batches(control?: ParquetBatchControl): AsyncIterable<ColumnTable>;
}

/**
 * Loads one Parquet file as the table `data`. Nothing is read before `load`, which throws FILE_NOT_FOUND where there is no such
 * file, PARQUET_MALFORMED for a damaged one, COLUMN_INVALID for nested columns, bytes and integers that a double does not hold (unless `types`
 * declares them numbers or strings), COLUMN_MISSING, TEXT_ENCODING, DATA_TOO_LARGE past `maxBytes`, CANCELLED. Progress counts
 * the bytes of the pages read.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @example
 * const { data } = await parquet('usage.parquet', { columns: ['customer', 'minutes'] }).load();
 */
export function parquet(source: ParquetSource, options?: ParquetOptions): ParquetLoader<'data'>;
/**
 * Loads several Parquet files as tables by name.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function parquet<Name extends string>(
  sources: Readonly<Record<Name, ParquetSource>>,
  options?: ParquetOptions,
): ParquetLoader<Name>;
export function parquet(
  source: ParquetSource | Readonly<Record<string, ParquetSource>>,
  options: ParquetOptions = {},
): ParquetLoader {
  const resolved = resolveOptions(parquetOptions, options);
  const isOne = source instanceof Uint8Array || isFileSource(source);
  const files = Object.entries(isOne ? { data: source } : source).map(([table, from]): ParquetFile => {
    return { table, place: from instanceof Uint8Array ? from : localFile('parquet', from) };
  });
  return {
    load: (control = {}) => loadFiles(files, resolved, control),
    batches: (control = {}) => fileBatches(files[0], resolved, control),
  };
}

interface ParquetFile {
  /** Name of its table. */
  readonly table: string;
  readonly place: OpensLocalFile | Uint8Array;
}

async function loadFiles(
  files: readonly ParquetFile[],
  options: ResolvedParquetOptions,
  control: LoadControl,
): Promise<Record<string, ColumnTable>> {
  checkSignal(control.signal);
  const opened: OpenParquet[] = [];
  try {
    for (const { place } of files) opened.push(await openPlace(place, options, control));
    const total = opened.reduce((sum, { nBytes }) => sum + nBytes, 0);
    const tables: [string, ColumnTable][] = [];
    let before = 0;
    for (const [index, open] of opened.entries()) {
      const onBytes = bytesProgress(control.onProgress, { before, total, message: open.name });
      onBytes(0);
      const table = await new GroupReader(open, options, control.signal, onBytes).read(0);
      tables.push([(files[index] as ParquetFile).table, table]);
      before += open.nBytes;
    }
    return Object.fromEntries(tables);
  } finally {
    await Promise.all(opened.map((open) => open.close()));
  }
}

async function* fileBatches(
  file: ParquetFile | undefined,
  options: ResolvedParquetOptions,
  { rows: asked, ...control }: ParquetBatchControl,
): AsyncGenerator<ColumnTable> {
  const { rows } = resolveOptions(parquetBatchOptions, { rows: asked });
  if (file === undefined) throw new TabwrightError('OPTION_INVALID', 'parquet: there must be at least one source');
  checkSignal(control.signal);
  const open = await openPlace(file.place, options, control);
  try {
    const onBytes = bytesProgress(control.onProgress, { before: 0, total: open.nBytes, message: open.name });
    onBytes(0);
    const reader = new GroupReader(open, options, control.signal, onBytes);
    for (const group of filledGroups(open)) {
      const table = await reader.read(group, group + 1);
      const nRows = table.numRows();
      for (let from = 0; from < nRows; from += rows ?? nRows) {
        yield rows === undefined || rows >= nRows ? table : rowSlice(table, from, Math.min(from + rows, nRows));
        checkSignal(control.signal);
      }
    }
    // A file without rows still has columns, which one empty batch shows.
    if (filledGroups(open).length === 0) yield await reader.read(0, 0);
  } finally {
    await open.close();
  }
}

/** Row groups that have rows. */
function filledGroups({ plan }: OpenParquet): number[] {
  return [...plan.groupRows.keys()].filter((group) => (plan.groupRows[group] as number) > 0);
}

/** Opens a file, fetched where it is remote. */
async function openPlace(
  place: ParquetFile['place'],
  { columns }: ResolvedParquetOptions,
  { types = {}, ...control }: LoadControl,
): Promise<OpenParquet> {
  if (place instanceof Uint8Array) return openParquet({ bytes: place, name: 'parquet' }, { columns, types });
  const local = await place(control);
  try {
    return openParquet(local, { columns, types });
  } catch (error) {
    await local.remove();
    throw error;
  }
}

/** Reads row groups of one open file. */
class GroupReader {
  readonly #open: OpenParquet;
  readonly #options: ResolvedParquetOptions;
  readonly #signal: AbortSignal | undefined;
  readonly #onBytes: (completed: number) => void;
  #nRead = 0;

  constructor(
    open: OpenParquet,
    options: ResolvedParquetOptions,
    signal: AbortSignal | undefined,
    onBytes: (completed: number) => void,
  ) {
    this.#open = open;
    this.#options = options;
    this.#signal = signal;
    this.#onBytes = onBytes;
  }

  /** The rows of the groups as a table; of all from `from` on where `to` is absent. */
  async read(from: number, to: number = this.#open.plan.groupRows.length): Promise<ColumnTable> {
    const { file, plan } = this.#open;
    const signal = this.#signal;
    try {
      this.#checkMemory(plan.groupRows.slice(from, to).reduce((sum, n) => sum + n, 0));
      const { numThreads } = this.#options;
      const onChunk = (nBytes: number): void => {
        this.#nRead += nBytes;
        this.#onBytes(this.#nRead);
      };
      const groups = { from, to };
      const slice = timeSlice(signal);
      const columns = await readParquetColumns({ ...plan, file, groups, numThreads, signal, onChunk, slice });
      return makeTable(plan.columns.map(({ name }, index) => [name, columns[index] as Column] as const));
    } catch (error) {
      throw withName(this.#open.name, error);
    }
  }

  #checkMemory(nRows: number): void {
    const rowBytes = this.#open.plan.columns.reduce((sum, { type }) => sum + CELL_BYTES[type.kind], 0);
    const { maxBytes } = this.#options;
    if (nRows * rowBytes <= maxBytes) return;
    const rule = `the ${nRows} rows must take at most ${maxBytes} bytes (maxBytes), got ${nRows * rowBytes}`;
    throw new TabwrightError('DATA_TOO_LARGE', rule);
  }
}

const CELL_BYTES = { number: 8, date: 8, string: 4, boolean: 1 };
