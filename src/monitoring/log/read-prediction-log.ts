import type { LogRecord } from './prediction-log.js';
import { readSegment } from './read-segment.js';
import { listSegments } from './segment-files.js';

/**
 * All records of a log in a folder, oldest first, in blocks; also while a process writes to it.
 * @param fromMs Leaves out segments whose records all came before, milliseconds since 1970.
 * @throws STORAGE_FAILED, PARQUET_MALFORMED
 * @example
 * for await (const records of readPredictionLog('./predictions')) console.log(records.length);
 */
export async function* readPredictionLog(folder: string, fromMs = 0): AsyncGenerator<readonly LogRecord[]> {
  const segments = await listSegments(folder);
  for (const [i, segment] of segments.entries()) {
    const next = segments[i + 1];
    if (next === undefined || next.startMs >= fromMs) yield* readSegment(segment);
  }
}
