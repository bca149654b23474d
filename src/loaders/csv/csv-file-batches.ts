// The rows of one CSV file in batches.
import { stat } from 'node:fs/promises';
import type { ColumnTable } from 'arquero';
import { checkSignal } from '../../core/check-signal.js';
import { isTabwrightError } from '../../core/is-tabwright-error.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { timeSlice } from '../../core/time-slice.js';
import { bytesProgress } from '../bytes-progress.js';
import { readError } from '../read-error.js';
import { isPlain, storedText, textBytes } from '../text-bytes.js';
import { type BatchControl, batchOptions } from './batch-options.js';
import { csvBatches } from './csv-batches.js';
import { type CsvFile, textLimit } from './csv-file.js';
import type { ResolvedCsvFileOptions } from './csv-file-options.js';

/** Tables of some rows each, the first of which decides the types of columns. */
export async function* csvFileBatches(
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
