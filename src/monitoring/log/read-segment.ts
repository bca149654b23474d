// The records of one file of a log, whatever its form and however it ended.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { isTabwrightError } from '../../core/is-tabwright-error.js';
import { storageError, systemCode } from '../../core/storage-error.js';
import { timeSlice } from '../../core/time-slice.js';
import { parseRecord } from './parse-record.js';
import type { LogRecord } from './prediction-log.js';
import type { SegmentFile } from './segment-files.js';

const BLOCK = 10_000;

/**
 * The records of a segment in blocks, in the order in which they were written. A line that a crash tore is left out; a file that
 * has been removed since it was listed has none.
 * @throws STORAGE_FAILED, PARQUET_MALFORMED
 */
export async function* readSegment({ path, format }: SegmentFile): AsyncGenerator<readonly LogRecord[]> {
  try {
    yield* format === 'ndjson' ? lineBlocks(path) : tableBlocks(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || (isTabwrightError(error) && error.code === 'FILE_NOT_FOUND')) return;
    throw isTabwrightError(error) ? error : storageError(`cannot read ${path}`, error);
  }
}

/** All records of a segment. @throws STORAGE_FAILED, PARQUET_MALFORMED */
export async function segmentRecords(segment: SegmentFile): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  for await (const block of readSegment(segment)) for (const record of block) records.push(record);
  return records;
}

/** Tables and Parquet are loaded with the first compacted segment. */
async function* tableBlocks(path: string): AsyncGenerator<readonly LogRecord[]> {
  const { parquet } = await import('../../loaders/parquet/parquet.js');
  const { tableRecords } = await import('./records-table.js');
  for await (const table of parquet(path).batches({ rows: BLOCK })) yield tableRecords(table);
}

async function* lineBlocks(path: string): AsyncGenerator<readonly LogRecord[]> {
  const slice = timeSlice();
  let block: LogRecord[] = [];
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    const record = parseRecord(line);
    if (record !== undefined) block.push(record);
    if (slice.due()) await slice.pause();
    if (block.length < BLOCK) continue;
    yield block;
    block = [];
  }
  if (block.length > 0) yield block;
}
