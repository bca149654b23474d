// One immutable batch of changes of a file online store: a directory with lines of JSON and a header that proves them whole.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFile, syncDirectory } from '../../core/durable-files.js';
import type { OnlineEntry } from '../../core/online-store.js';
import { readStored } from '../../core/read-stored.js';
import { storageError } from '../../core/storage-error.js';
import { TabwrightError } from '../../core/tabwright-error.js';

/** A key with what it holds from now on; null removes it. */
export type Change = readonly [key: string, entry: OnlineEntry | null];

/** What is known of a segment before its lines are read. */
export interface SegmentHeader {
  /** The segments up to this number are in this one as they were together; 0 for one that stands for itself alone. */
  readonly covers: number;
  readonly nLines: number;
  readonly sha256: string;
}

const HEADER = 'segment.json';
const LINES = 'changes.ndjson';
/** Lines that are written at once. */
const CHUNK = 1000;

/**
 * Writes a segment under a name that nobody reads yet.
 * @throws STORAGE_FULL, STORAGE_FAILED
 */
export async function writeSegment(path: string, changes: Iterable<Change>, covers: number): Promise<void> {
  await mkdir(path).catch((error) => {
    throw storageError(`cannot make the directory ${path}`, error);
  });
  const hash = createHash('sha256');
  let nLines = 0;
  async function* chunks(): AsyncGenerator<string> {
    let chunk = '';
    for (const [key, entry] of changes) {
      chunk += `${JSON.stringify(entry === null ? [key] : [key, entry.value, entry.keepUntil ?? null])}\n`;
      nLines += 1;
      if (nLines % CHUNK !== 0) continue;
      hash.update(chunk);
      yield chunk;
      chunk = '';
    }
    hash.update(chunk);
    yield chunk;
  }
  await createFile(join(path, LINES), chunks());
  const header = { format: 1, covers, nLines, sha256: hash.digest('hex') };
  await createFile(join(path, HEADER), `${JSON.stringify(header)}\n`);
  await syncDirectory(path);
}

/** @throws BUNDLE_INVALID, STORAGE_FAILED */
export async function readHeader(path: string): Promise<SegmentHeader> {
  const what = join(path, HEADER);
  const text = await readStored(what, () => readFile(what, 'utf8'));
  try {
    const { format, covers, nLines, sha256 } = JSON.parse(text);
    const isWhole = format === 1 && typeof sha256 === 'string' && [covers, nLines].every(Number.isSafeInteger);
    if (isWhole) return { covers, nLines, sha256 };
  } catch {}
  throw new TabwrightError('BUNDLE_INVALID', `${what} is cut off or altered`);
}

/**
 * The changes of a segment, in order, once all of them are proven.
 * @throws BUNDLE_INVALID, STORAGE_FAILED
 */
export async function readChanges(path: string, header: SegmentHeader): Promise<Change[]> {
  const what = join(path, LINES);
  const damaged = () => new TabwrightError('BUNDLE_INVALID', `${what} is cut off or altered`);
  const hash = createHash('sha256');
  const changes: Change[] = [];
  let rest = '';
  await readStored(what, async () => {
    for await (const chunk of createReadStream(what, 'utf8')) {
      hash.update(chunk);
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) changes.push(parseChange(line) ?? refuse(damaged()));
    }
  });
  if (rest !== '' || changes.length !== header.nLines || hash.digest('hex') !== header.sha256) throw damaged();
  return changes;
}

function parseChange(line: string): Change | undefined {
  try {
    const [key, value, keepUntil] = JSON.parse(line);
    if (typeof key !== 'string') return undefined;
    if (value === undefined) return [key, null];
    if (typeof value !== 'string') return undefined;
    return [key, { value, keepUntil: typeof keepUntil === 'number' ? keepUntil : undefined }];
  } catch {
    return undefined;
  }
}

function refuse(error: TabwrightError): never {
  throw error;
}
