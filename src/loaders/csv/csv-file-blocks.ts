import { stat } from 'node:fs/promises';
import type { LoadControl } from '../../core/data-loader.js';
import type { FieldType } from '../../core/feature-spec.js';
import { isTabwrightError } from '../../core/is-tabwright-error.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { timeSlice } from '../../core/time-slice.js';
import { bytesProgress } from '../bytes-progress.js';
import { readError } from '../read-error.js';
import { storedText, textBytes } from '../text-bytes.js';
import { type CsvBlock, csvBlocks } from './csv-blocks.js';
import { type CsvFileOptions, csvFileOptions } from './csv-file-options.js';

/** How to read a CSV file in blocks. */
export interface FileBlocksControl extends LoadControl {
  readonly bytes: number;
  readonly otherTypes?: FieldType | undefined;
}

/** A CSV file as {@link csvBlocks}; progress counts its bytes. @throws FILE_NOT_FOUND, CANCELLED, and what the blocks throw */
export async function* csvFileBlocks(
  path: string,
  given: CsvFileOptions,
  { types = {}, missing = [], otherTypes, bytes, signal, onProgress }: FileBlocksControl,
): AsyncGenerator<CsvBlock> {
  const resolved = resolveOptions(csvFileOptions, given);
  const options = { ...resolved, missing: [...resolved.missing, ...missing] };
  try {
    const { size } = await stat(path);
    const onBytes = bytesProgress(onProgress, { before: 0, total: size, message: path });
    const stored = await storedText({ path, name: path }, options);
    const maxBytes = options.maxBytes ?? Number.POSITIVE_INFINITY;
    const chunks = textBytes(stored, { maxBytes, signal, onBytes });
    yield* csvBlocks({ chunks, name: path, options, types, otherTypes, bytes, slice: timeSlice(signal) });
  } catch (error) {
    throw isTabwrightError(error) ? error : readError('csv', path, error);
  }
}
