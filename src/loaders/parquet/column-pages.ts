// The cells of a column as the contents of Parquet pages: doubles, bits, milliseconds, and codes into a dictionary of strings.
import { TabwrightError } from '../../core/tabwright-error.js';
import { BooleanColumn } from '../../table/boolean-column.js';
import type { Column } from '../../table/column.js';
import { DateColumn } from '../../table/date-column.js';
import { DictionaryColumn } from '../../table/dictionary-column.js';
import { packedBits, packedRun, repeatedRun } from './bit-packing.js';

/** What a column is in the file. */
export type WrittenKind = 'number' | 'date' | 'boolean' | 'string';

/** Values of consecutive rows. */
export interface ColumnPages {
  /** The distinct strings in PLAIN encoding, where the values refer to them. */
  readonly dictionary: { readonly bytes: Uint8Array; readonly size: number } | undefined;
  /** Levels with their length, then the values that are there. */
  readonly data: Uint8Array;
  readonly nMissing: number;
}

/** With fewer rows a distinct string, a dictionary saves nothing. */
const MIN_ROWS_PER_STRING = 2;
const MAX_PAGE_BYTES = 2 ** 30;
/** Characters of a text that is written by hand. */
const MAX_SHORT = 48;

/** What a column is written as. */
export function writtenKind(column: Column): WrittenKind {
  if (column instanceof DictionaryColumn) return 'string';
  if (column instanceof BooleanColumn) return 'boolean';
  return column instanceof DateColumn ? 'date' : 'number';
}

/**
 * The pages of a column.
 * @throws DATA_TOO_LARGE for strings past 1 GiB
 */
export function columnPages(column: Column): ColumnPages {
  if (column instanceof DictionaryColumn) return stringPages(column);
  if (column instanceof BooleanColumn) return booleanPages(column);
  const values = column instanceof DateColumn ? column.epochMs : column;
  const levels = new Int32Array(values.length);
  const there = new Float64Array(values.length);
  let nThere = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    if (Number.isNaN(value)) continue;
    levels[row] = 1;
    there[nThere++] = value;
  }
  const dense = there.subarray(0, nThere);
  return pages(levels, column instanceof DateColumn ? milliseconds(dense) : bytesOf(dense), nThere);
}

function booleanPages({ codes }: BooleanColumn): ColumnPages {
  const levels = new Int32Array(codes.length);
  const there = new Int32Array(codes.length);
  let nThere = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    if (code < 0) continue;
    levels[row] = 1;
    there[nThere++] = code;
  }
  return pages(levels, packedBits(there.subarray(0, nThere), 1), nThere);
}

function pages(
  levels: Int32Array,
  values: Uint8Array,
  nThere: number,
  dictionary: ColumnPages['dictionary'] = undefined,
): ColumnPages {
  const runs = nThere === levels.length ? repeatedRun(1, nThere) : packedRun(levels, 1);
  const data = Buffer.alloc(4 + runs.length + values.length);
  data.writeUInt32LE(runs.length);
  data.set(runs, 4);
  data.set(values, 4 + runs.length);
  return { dictionary, data, nMissing: levels.length - nThere };
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Whole milliseconds as 64-bit integers, written as two halves. */
function milliseconds(values: Float64Array): Uint8Array {
  const halves = new Int32Array(2 * values.length);
  for (let i = 0; i < values.length; i++) {
    const ms = Math.floor(values[i] as number);
    halves[2 * i] = ms % 2 ** 32; // modulo 2^32, as an Int32Array keeps it
    halves[2 * i + 1] = Math.floor(ms / 2 ** 32);
  }
  return new Uint8Array(halves.buffer);
}

function stringPages({ codes, values }: DictionaryColumn): ColumnPages {
  const levels = new Int32Array(codes.length);
  const there = new Int32Array(codes.length);
  const positions = new Int32Array(values.length).fill(-1);
  const used: string[] = [];
  let nThere = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    if (code < 0) continue;
    if (positions[code] === -1) positions[code] = used.push(values[code] as string) - 1;
    levels[row] = 1;
    there[nThere++] = positions[code] as number;
  }
  const indexes = there.subarray(0, nThere);
  if (used.length * MIN_ROWS_PER_STRING > nThere) return pages(levels, plainTexts(used, indexes), nThere);
  const width = Math.max(1, 32 - Math.clz32(used.length - 1));
  const packed = packedRun(indexes, width);
  const dictionary = { bytes: plainTexts(used, undefined), size: used.length };
  return pages(levels, Buffer.concat([Uint8Array.of(width), packed]), nThere, dictionary);
}

/** Texts by their positions, or all where there are none, each with its length in front. */
function plainTexts(texts: readonly string[], positions: Int32Array | undefined): Uint8Array {
  const count = positions === undefined ? texts.length : positions.length;
  // A character of a JavaScript string takes at most three bytes.
  const lengths = texts.reduce((sum, { length }) => sum + length, 0);
  let bytes = Buffer.allocUnsafe(Math.min(4 * count + 3 * lengths, MAX_PAGE_BYTES));
  let at = 0;
  for (let i = 0; i < count; i++) {
    const text = texts[positions === undefined ? i : (positions[i] as number)] as string;
    const most = at + 4 + 3 * text.length;
    if (most > bytes.length) bytes = grown(bytes, most);
    const length = putText(bytes, at + 4, text);
    bytes.writeUInt32LE(length, at);
    at += 4 + length;
  }
  return bytes.subarray(0, at);
}

function grown(bytes: Buffer, least: number): Buffer<ArrayBuffer> {
  if (least > MAX_PAGE_BYTES) {
    const rule = `the strings of a row group must have at most ${MAX_PAGE_BYTES} bytes; write smaller ones (rowGroupRows)`;
    throw new TabwrightError('DATA_TOO_LARGE', `writeParquet: ${rule}`);
  }
  const room = Buffer.allocUnsafe(2 * least);
  room.set(bytes);
  return room;
}

/** Writes a text as UTF-8; gives its bytes. Short ASCII is faster by hand than by a call. */
function putText(bytes: Buffer, at: number, text: string): number {
  if (text.length > MAX_SHORT) return bytes.write(text, at);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return bytes.write(text, at);
    bytes[at + i] = code;
  }
  return text.length;
}
