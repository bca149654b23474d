// What the JSON and NDJSON loaders share: files of records, plain or compressed, read at once or in batches.
import { stat } from 'node:fs/promises';
import type { ColumnTable } from 'arquero';
import { checkSignal } from '../../core/check-signal.js';
import type { DataLoader, LoadControl } from '../../core/data-loader.js';
import { isTabwrightError } from '../../core/is-tabwright-error.js';
import type { OptionsInput } from '../../core/options-table.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { type TimeSlice, timeSlice } from '../../core/time-slice.js';
import { bytesProgress } from '../bytes-progress.js';
import { type FileSource, isFileSource, type LocalFile, localFile, type OpensLocalFile } from '../local-file.js';
import { readError } from '../read-error.js';
import { isPlain, storedText, textBytes } from '../text-bytes.js';
import { type JsonOptions, jsonBatchOptions, jsonOptions, type ResolvedJsonOptions } from './json-options.js';
import type { RowsRequest } from './json-rows.js';
import type { RecordSource } from './record-text.js';

/** How to read in batches: in `rows` rows each. */
export interface JsonBatchControl extends LoadControl, OptionsInput<typeof jsonBatchOptions> {}

/** A loader of files of records. */
export interface RecordLoader<Name extends string = string> extends DataLoader<Name> {
  /**
   * Reads the first file in batches, of which one is held at a time. Columns and types are those of the first batch.
   * @throws COLUMN_INVALID for a later value that does not fit its column; the errors of `load`
   */
  batches(control?: JsonBatchControl): AsyncIterable<ColumnTable>;
}

/** A text to make tables of. */
export interface TablesRequest extends RecordSource, Pick<RowsRequest, 'types'> {
  /** Rows of a table. */
  readonly rows: number;
  readonly slice: TimeSlice;
}

/** Makes tables of a text, at least one. */
export type ReadsTables = (request: TablesRequest) => AsyncIterable<ColumnTable>;

interface RecordFile {
  /** Name of its table. */
  readonly table: string;
  readonly open: OpensLocalFile;
}

/** @throws OPTION_INVALID, OPTION_UNKNOWN */
export function recordLoader(
  loader: 'json' | 'ndjson',
  source: FileSource | Readonly<Record<string, FileSource>>,
  options: JsonOptions,
  reads: ReadsTables,
): RecordLoader {
  const resolved = resolveOptions({ ...jsonOptions, name: loader }, options);
  const sources = isFileSource(source) ? { data: source } : source;
  const files = Object.entries(sources).map(([table, from]) => ({ table, open: localFile(loader, from) }));

  /** The tables of one file; the caller asks for one row limit. */
  async function* tables(file: RecordFile, control: LoadControl, rows: number): AsyncGenerator<ColumnTable> {
    checkSignal(control.signal);
    const local = await file.open(control);
    try {
      yield* reads(await request(loader, local, resolved, control, rows));
    } catch (error) {
      throw isTabwrightError(error) ? asJson(error) : readError(loader, local.path, error);
    } finally {
      await local.remove();
    }
  }

  return {
    async load(control = {}) {
      const loaded: [string, ColumnTable][] = [];
      for (const file of files) {
        for await (const table of tables(file, control, Number.POSITIVE_INFINITY)) loaded.push([file.table, table]);
      }
      return Object.fromEntries(loaded);
    },
    async *batches({ rows: asked, ...control }: JsonBatchControl = {}) {
      const { rows } = resolveOptions(jsonBatchOptions, { rows: asked });
      const [file] = files;
      if (file === undefined)
        throw new TabwrightError('OPTION_INVALID', `${loader}: there must be at least one source`);
      for await (const table of tables(file, control, rows)) {
        yield table;
        checkSignal(control.signal);
      }
    },
  };
}

async function request(
  loader: string,
  { path, name }: LocalFile,
  options: ResolvedJsonOptions,
  { signal, onProgress, types = {} }: LoadControl,
  rows: number,
): Promise<TablesRequest> {
  const { size } = await stat(path);
  const onBytes = bytesProgress(onProgress, { before: 0, total: size, message: name });
  onBytes(0);
  const stored = await storedText({ path, name }, { compression: options.compression, encoding: 'utf-8' });
  const isUnlimited = isPlain(stored) && loader === 'ndjson' && Number.isFinite(rows);
  const maxBytes = isUnlimited ? Number.POSITIVE_INFINITY : options.maxBytes;
  const chunks = textBytes(stored, { maxBytes, signal, onBytes });
  return { chunks, name, maxRecordBytes: options.maxRecordBytes, types, rows, slice: timeSlice(signal) };
}

function asJson(error: TabwrightError): TabwrightError {
  if (error.code !== 'CSV_MALFORMED') return error;
  return new TabwrightError('JSON_MALFORMED', error.message, { cause: error });
}
