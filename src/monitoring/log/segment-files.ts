// The files of a prediction log by name: NDJSON while records come, Parquet once no more do.
import { randomBytes } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { storageError } from '../../core/storage-error.js';

const SEGMENT = /^(\d{14})-[0-9a-f]{8}\.(ndjson|parquet)$/;
const TEMPORARY = /^\.\d{14}-[0-9a-f]{8}\..*\.tmp$/;

/** One file of a log. */
export interface SegmentFile {
  readonly path: string;
  /** When its first record could come, milliseconds since 1970. */
  readonly startMs: number;
  readonly format: 'ndjson' | 'parquet';
}

/** A name for a new segment; names sort by their start. */
export function segmentName(startMs: number): string {
  return `${String(Math.floor(startMs)).padStart(14, '0')}-${randomBytes(4).toString('hex')}.ndjson`;
}

/** Where the compacted form of a segment goes. */
export function compactedPath(path: string): string {
  return path.replace(/\.ndjson$/, '.parquet');
}

/**
 * The segments of a folder, oldest first, each once: where a crash left a segment in both forms, the compacted one.
 * @throws STORAGE_FAILED
 */
export async function listSegments(folder: string): Promise<SegmentFile[]> {
  const names = await namesIn(folder);
  const there = new Set(names);
  const segments: SegmentFile[] = [];
  for (const name of names.sort()) {
    const [, start, format] = SEGMENT.exec(name) ?? [];
    if (start === undefined || (format === 'ndjson' && there.has(compactedPath(name)))) continue;
    segments.push({ path: join(folder, name), startMs: Number(start), format: format as SegmentFile['format'] });
  }
  return segments;
}

/** Removes what a crash left: segments that are compacted already, and half-written files. */
export async function sweepSegments(folder: string): Promise<void> {
  const names = await namesIn(folder);
  const there = new Set(names);
  for (const name of names) {
    const isDone = SEGMENT.test(name) && name.endsWith('.ndjson') && there.has(compactedPath(name));
    if (isDone || TEMPORARY.test(name)) await rm(join(folder, name), { force: true });
  }
}

/** Removes the oldest segments until the rest is young and small enough. */
export async function retainSegments(
  segments: readonly SegmentFile[],
  { oldestMs, maxBytes }: { readonly oldestMs: number; readonly maxBytes: number },
): Promise<void> {
  let bytes = 0;
  // The next segment's start is when the last record of this one came at the latest.
  let endMs = Number.POSITIVE_INFINITY;
  for (const segment of [...segments].reverse()) {
    bytes += await stat(segment.path).then(
      ({ size }) => size,
      () => 0,
    );
    if (bytes > maxBytes || endMs < oldestMs) await rm(segment.path, { force: true });
    endMs = segment.startMs;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    throw storageError(`cannot read the folder ${folder}`, error);
  }
}
