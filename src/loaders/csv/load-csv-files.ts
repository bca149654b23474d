// Reads CSV files as tables: large ones on threads, others in steps of some milliseconds.
import { readFile, stat } from 'node:fs/promises';
import type { ColumnTable } from 'arquero';
import { checkSignal } from '../../core/check-signal.js';
import type { LoadControl } from '../../core/data-loader.js';
import { timeSlice } from '../../core/time-slice.js';
import { bytesProgress } from '../bytes-progress.js';
import type { LocalFile } from '../local-file.js';
import { readError } from '../read-error.js';
import { type ByteControl, isPlain, type StoredText, storedText, textBytes } from '../text-bytes.js';
import { type CsvFile, textLimit } from './csv-file.js';
import type { ResolvedCsvFileOptions } from './csv-file-options.js';
import { checkSize, MAX_BYTES, parseCsvSteps } from './parse-csv.js';
import { readCsvFile } from './read-csv-file.js';

/** The tables by name. */
export async function loadCsvFiles(
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
