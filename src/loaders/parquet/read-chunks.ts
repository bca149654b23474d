// Reads the chunks that a column has in some row groups: the work of one thread.
import { readSync } from 'node:fs';
import { isTabwrightError } from '../../core/is-tabwright-error.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { ColumnPart } from './column-part.js';
import type { ColumnValues } from './column-values.js';
import { decompressPage } from './decompress-page.js';
import { type ByteRange, readHybridRuns } from './hybrid-runs.js';
import { malformed } from './malformed.js';
import { newColumnValues } from './new-column-values.js';
import { type PageHeader, readPageHeader } from './page-header.js';
import type { ValueType } from './value-type.js';

/** The pages of one column in one row group. */
export interface ChunkPlace {
  readonly group: number;
  readonly nRows: number;
  /** Offset of the first page in the file. */
  readonly start: number;
  readonly nBytes: number;
  readonly codec: string;
}

/** A column to read in consecutive row groups. */
export interface ChunksTask {
  /** A descriptor of the file. */
  readonly file: number | Uint8Array;
  readonly column: string;
  readonly type: ValueType;
  /** Whether cells can be missing, so that pages have levels. */
  readonly isOptional: boolean;
  readonly chunks: readonly ChunkPlace[];
}

/**
 * The column's cells in the rows of the groups.
 * @param onChunk hears the bytes of each chunk that is read
 * @throws PARQUET_MALFORMED, COLUMN_INVALID, TEXT_ENCODING, DATA_TOO_LARGE, with the column and the row group
 */
export function readChunks(task: ChunksTask, onChunk: (nBytes: number) => void): ColumnPart {
  const nRows = task.chunks.reduce((sum, chunk) => sum + chunk.nRows, 0);
  const values = newColumnValues(task.type, nRows);
  let at = 0;
  for (const chunk of task.chunks) {
    named(task, `, row group ${chunk.group}`, () => readChunk(task, chunk, values, at));
    at += chunk.nRows;
    onChunk(chunk.nBytes);
  }
  return named(task, '', () => values.finish());
}

/** Puts the column in front of what is wrong with it. */
function named<R>({ column }: ChunksTask, where: string, read: () => R): R {
  try {
    return read();
  } catch (error) {
    // Whatever else a decoder meets, such as an offset past a view, comes of the bytes.
    const { code, message } = isTabwrightError(error) ? error : malformed('the pages are damaged', error);
    throw new TabwrightError(code, `column ${column}${where}: ${message}`, { cause: error });
  }
}

function readChunk(task: ChunksTask, chunk: ChunkPlace, values: ColumnValues, firstRow: number): void {
  const bytes = chunkBytes(task.file, chunk);
  values.setDictionary({ bytes, start: 0, end: 0 }, 0);
  let nRead = 0;
  let at = 0;
  while (nRead < chunk.nRows) {
    if (at >= bytes.length) throw malformed(`the pages hold ${nRead} of ${chunk.nRows} rows`);
    const header = readPageHeader(bytes, at);
    at = header.end + header.compressedBytes;
    if (at > bytes.length) throw malformed('a page goes past the end of its column');
    const page = bytes.subarray(header.end, at);
    if (header.type === 'dictionary') {
      const unpacked = decompressPage(page, chunk.codec, header.uncompressedBytes);
      checkDictionary(header, unpacked);
      values.setDictionary({ bytes: unpacked, start: 0, end: unpacked.length }, header.nValues);
    } else if (header.type !== 'other') {
      if (header.nValues > chunk.nRows - nRead) throw malformed('the pages hold more rows than the row group has');
      readDataPage(task, { page, header, codec: chunk.codec }, values, firstRow + nRead);
      nRead += header.nValues;
    }
  }
}

function checkDictionary({ nValues, encoding }: PageHeader, { length }: Uint8Array): void {
  if (encoding !== 'PLAIN' && encoding !== 'PLAIN_DICTIONARY') {
    throw malformed(`a dictionary has the encoding ${encoding}`);
  }
  if (nValues > length) throw malformed('a dictionary has fewer values than it says');
}

function chunkBytes(file: number | Uint8Array, { start, nBytes }: ChunkPlace): Uint8Array {
  if (typeof file !== 'number') return file.subarray(start, start + nBytes);
  const bytes = Buffer.allocUnsafeSlow(nBytes);
  let nRead = 0;
  while (nRead < nBytes) {
    const n = readSync(file, bytes, nRead, nBytes - nRead, start + nRead);
    if (n === 0) throw new TabwrightError('STORAGE_FAILED', 'the file became shorter while it was read');
    nRead += n;
  }
  return bytes;
}

function readDataPage(
  { isOptional }: ChunksTask,
  stored: { readonly page: Uint8Array; readonly header: PageHeader; readonly codec: string },
  values: ColumnValues,
  at: number,
): void {
  const { encoding, nValues } = stored.header;
  const { levels, range } = stored.header.type === 'data' ? pageV1(stored, isOptional) : pageV2(stored);
  const present = isOptional ? presence(levels, nValues) : undefined;
  const count = present === undefined ? nValues : sum(present, nValues);
  values.read({ range, encoding, count, at });
  if (present !== undefined) values.spread(present, nValues, at);
}

interface PageParts {
  readonly levels: ByteRange;
  readonly range: ByteRange;
}

function pageV1(
  { page, header, codec }: { readonly page: Uint8Array; readonly header: PageHeader; readonly codec: string },
  hasLevels: boolean,
): PageParts {
  const bytes = decompressPage(page, codec, header.uncompressedBytes);
  const levelBytes = hasLevels ? new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(0, true) : 0;
  const start = hasLevels ? 4 + levelBytes : 0;
  if (start > bytes.length) throw malformed('the levels of a page go past its end');
  return { levels: { bytes, start: 4, end: start }, range: { bytes, start, end: bytes.length } };
}

function pageV2({
  page,
  header,
  codec,
}: {
  readonly page: Uint8Array;
  readonly header: PageHeader;
  readonly codec: string;
}): PageParts {
  const { definitionBytes, repetitionBytes } = header.levels;
  const end = repetitionBytes + definitionBytes;
  if (end > page.length || end > header.uncompressedBytes) throw malformed('the levels of a page go past its end');
  const packed = page.subarray(end);
  const bytes = decompressPage(packed, header.isCompressed ? codec : 'UNCOMPRESSED', header.uncompressedBytes - end);
  return { levels: { bytes: page, start: repetitionBytes, end }, range: { bytes, start: 0, end: bytes.length } };
}

let room = new Int32Array(0);

/** A level a row, 1 where it has a value; undefined where all have. Valid until the next call. */
function presence(range: ByteRange, nValues: number): Int32Array | undefined {
  if (room.length < nValues) room = new Int32Array(nValues);
  readHybridRuns(range, 1, room, nValues);
  for (let i = 0; i < nValues; i++) if (room[i] !== 1) return room;
  return undefined;
}

function sum(levels: Int32Array, nValues: number): number {
  let total = 0;
  for (let i = 0; i < nValues; i++) total += levels[i] as number;
  return total;
}
