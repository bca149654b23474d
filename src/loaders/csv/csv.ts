// Loads CSV files as tables, without holding up the event loop.
import { readFile, stat } from 'node:fs/promises';
import type { ColumnTable } from 'arquero';
import { checkSignal } from '../../core/check-signal.js';
import type { DataLoader, LoadControl } from '../../core/data-loader.js';
import { isTabwrightError } from '../../core/is-tabwright-error.js';
import type { OptionsInput } from '../../core/options-table.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { timeSlice } from '../../core/time-slice.js';
import { bytesProgress } from '../bytes-progress.js';
import { type FileSource, isFileSource, type LocalFile, localFile, type OpensLocalFile } from '../local-file.js';
import { readError } from '../read-error.js';
import { type ByteControl, encodingName, isPlain, type StoredText, storedText, textBytes } from '../text-bytes.js';
import { batchOptions, csvBatches } from './csv-batches.js';
import { csvDialect } from './csv-dialect.js';
import { type CsvFileOptions, csvFileOptions, type ResolvedCsvFileOptions } from './csv-file-options.js';
import { withCsvSource } from './csv-source.js';
import { checkSize, MAX_BYTES, parseCsvSteps } from './parse-csv.js';
import { readCsvFile } from './read-csv-file.js';

/**
 * Loads one CSV file as the table `data`. Nothing is read before `load`, which throws FILE_NOT_FOUND where there is no such
 * file, CANCELLED where its signal is aborted, and the errors of `parseCsv`. Progress counts the bytes parsed. Remote files
 * (`httpFile`, `s3Object`) are fetched to a temporary file first.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @example
 * const { data } = await csv('prospects.csv', { decimal: ',' }).load();
 */
export function csv(source: FileSource, options?: CsvFileOptions): CsvLoader<'data'>;
/**
 * Loads several CSV files as tables by name.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @example
 * const { customers, usage } = await csv({ customers: 'customers.csv', usage: 'usage.csv' }).load();
 */
export function csv<Name extends string>(
  sources: Readonly<Record<Name, FileSource>>,
  options?: CsvFileOptions,
): CsvLoader<Name>;
export function csv(
  source: FileSource | Readonly<Record<string, FileSource>>,
  options: CsvFileOptions = {},
): CsvLoader {
  const resolved = resolveOptions(csvFileOptions, options);
  csvDialect(resolved);
  encodingName(resolved.encoding);
  const sources = isFileSource(source) ? { data: source } : source;
  const files = Object.entries(sources).map(([name, from]): CsvFile => ({ name, open: localFile('csv', from) }));
  const loader: CsvLoader = {
    load: (control = {}) => loadFiles(files, withMissing(resolved, control), control),
    batches: (control = {}) => fileBatches(files[0], withMissing(resolved, control), control),
  };
  return withCsvSource(loader, files[0] && { open: files[0].open, options: resolved });
}

/** How to read in batches: in `rows` rows each, or in about `bytes` bytes of text each. */
export interface BatchControl extends LoadControl, OptionsInput<typeof batchOptions> {}

/** A loader of CSV files. */
export interface CsvLoader<Name extends string = string> extends DataLoader<Name> {
  /**
   * Reads the first file in batches, of which one is held at a time. Types are decided by declaration or by the first batch.
   * @throws COLUMN_INVALID for a later cell that does not fit its column; DATA_TOO_LARGE past `maxBytes`; the errors of `load`
   */
  batches(control?: BatchControl): AsyncIterable<ColumnTable>;
}

interface CsvFile {
  /** Name of its table. */
  readonly name: string;
  readonly open: OpensLocalFile;
}

/** The options with the tokens that a schema declares. */
function withMissing(options: ResolvedCsvFileOptions, { missing = [] }: LoadControl): ResolvedCsvFileOptions {
  return missing.length === 0 ? options : { ...options, missing: [...options.missing, ...missing] };
}

async function loadFiles(
  files: readonly CsvFile[],
  options: ResolvedCsvFileOptions,
  control: LoadControl,
): Promise<Record<string, ColumnTable>> {
  checkSignal(control.signal);
  const opened: LocalFile[] = [];
  try {
    for (const { open } of files) opened.push(await open(control));
    const tables = await loadLocalFiles(opened, options, control);
    return Object.fromEntries(files.map(({ name }, index) => [name, tables[index] as ColumnTable]));
  } finally {
    await Promise.all(opened.map((file) => file.remove()));
  }
}

async function loadLocalFiles(
  files: readonly LocalFile[],
  options: ResolvedCsvFileOptions,
  control: LoadControl,
): Promise<ColumnTable[]> {
  const sizes = await Promise.all(files.map(fileSize));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const tables: ColumnTable[] = [];
  let before = 0;
  for (const [index, file] of files.entries()) {
    const onBytes = bytesProgress(control.onProgress, { before, total, message: file.name });
    tables.push(await loadFile(file, options, { ...control, onBytes }));
    before += sizes[index] as number;
  }
  return tables;
}

async function loadFile(
  { path, name }: LocalFile,
  options: ResolvedCsvFileOptions,
  { signal, types = {}, onBytes }: LoadControl & { readonly onBytes: (completed: number) => void },
): Promise<ColumnTable> {
  onBytes(0);
  const slice = timeSlice(signal);
  const stored = await storedText({ path, name }, options).catch((error: unknown) => {
    throw readError('csv', path, error);
  });
  if (isPlain(stored)) {
    const table = await readCsvFile({ path, options, types, numThreads: options.numThreads, onBytes, slice });
    if (table !== undefined) return table;
  }
  const bytes = isPlain(stored)
    ? await fileBytes(path, signal)
    : await unpackedBytes(stored, options, { signal, onBytes });
  const steps = parseCsvSteps(bytes, options, { types, name });
  for (;;) {
    const step = steps.next();
    if (step.done) {
      onBytes(bytes.length);
      return step.value;
    }
    if (!slice.due()) continue;
    onBytes(step.value);
    await slice.pause();
  }
}

async function* fileBatches(
  source: CsvFile | undefined,
  options: ResolvedCsvFileOptions,
  { signal, onProgress, types = {}, missing: _, ...amount }: BatchControl,
): AsyncGenerator<ColumnTable> {
  const { rows, bytes } = resolveOptions(batchOptions, amount);
  if (source === undefined) throw new TabwrightError('OPTION_INVALID', 'csv: there must be at least one source');
  checkSignal(signal);
  const file = await source.open({ signal, onProgress });
  const { path, name } = file;
  try {
    const { size } = await stat(path);
    const onBytes = bytesProgress(onProgress, { before: 0, total: size, message: name });
    const stored = await storedText({ path, name }, options);
    const maxBytes = isPlain(stored) ? Number.POSITIVE_INFINITY : textLimit(options, Math.max(2 ** 30, 100 * size));
    const chunks = textBytes(stored, { maxBytes, signal, onBytes });
    const tables = csvBatches({ chunks, name, options, types, rows, bytes, slice: timeSlice(signal) });
    for await (const table of tables) {
      yield table;
      checkSignal(signal);
    }
  } catch (error) {
    throw isTabwrightError(error) ? error : readError('csv', path, error);
  } finally {
    await file.remove();
  }
}

function textLimit({ maxBytes }: ResolvedCsvFileOptions, otherwise: number): number {
  return maxBytes === undefined ? otherwise : maxBytes;
}

/** The whole text of a file that is compressed or in another encoding. */
async function unpackedBytes(
  stored: StoredText,
  options: ResolvedCsvFileOptions,
  control: Omit<ByteControl, 'maxBytes'>,
): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  const maxBytes = textLimit(options, MAX_BYTES);
  for await (const chunk of textBytes(stored, { ...control, maxBytes: Math.min(maxBytes, MAX_BYTES) }))
    chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function fileSize({ path, name }: LocalFile): Promise<number> {
  const { size } = await stat(path).catch((error: unknown) => {
    throw readError('csv', path, error);
  });
  checkSize(size, name);
  return size;
}

async function fileBytes(path: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  try {
    return await readFile(path, { signal });
  } catch (error) {
    checkSignal(signal);
    throw readError('csv', path, error);
  }
}
