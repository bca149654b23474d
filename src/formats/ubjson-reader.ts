// Universal Binary JSON, draft 12 (ubjson.org), as far as XGBoost writes it: big-endian numbers, typed and counted containers.
import type { Json } from '../core/json.js';
import { brokenFile } from './model-file-error.js';

const MAX_DEPTH = 64;

const SIZES: Readonly<Record<string, number>> = { i: 1, U: 1, I: 2, l: 4, L: 8, d: 4, D: 8 };

/** Reads one value that fills the bytes. @throws BUNDLE_INVALID */
export function readUbjson(bytes: Uint8Array): Json {
  const cursor = new Cursor(bytes);
  const value = readValue(cursor, cursor.marker(), 0);
  if (!cursor.atEnd()) throw broken('bytes follow the value');
  return value;
}

class Cursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** Whether the next marker is this one; if so it is taken. */
  takes(marker: string): boolean {
    if (this.#bytes[this.#at] !== marker.charCodeAt(0)) return false;
    this.#at += 1;
    return true;
  }

  marker(): string {
    return String.fromCharCode(this.#bytes[this.#take(1)] as number);
  }

  number(type: string): number {
    const at = this.#take(SIZES[type] as number);
    switch (type) {
      case 'i':
        return this.#view.getInt8(at);
      case 'U':
        return this.#view.getUint8(at);
      case 'I':
        return this.#view.getInt16(at);
      case 'l':
        return this.#view.getInt32(at);
      case 'd':
        return this.#view.getFloat32(at);
      case 'D':
        return this.#view.getFloat64(at);
      default:
        return Number(this.#view.getBigInt64(at));
    }
  }

  /** A count of things that take at least `size` bytes each. */
  count(size: number): number {
    const type = this.marker();
    if (SIZES[type] === undefined || type === 'd' || type === 'D') throw broken('a length must be an integer');
    const count = this.number(type);
    if (!(count >= 0 && count * size <= this.#bytes.length - this.#at)) throw broken('a length is past the end');
    return count;
  }

  text(): string {
    const length = this.count(1);
    const at = this.#take(length);
    try {
      return this.#decoder.decode(this.#bytes.subarray(at, at + length));
    } catch (cause) {
      throw brokenFile('UBJSON', 'a string must be UTF-8', cause);
    }
  }

  #take(size: number): number {
    const at = this.#at;
    if (size > this.#bytes.length - at) throw broken('it is cut off');
    this.#at += size;
    return at;
  }
}

function readValue(cursor: Cursor, type: string, depth: number): Json {
  if (SIZES[type] !== undefined) return cursor.number(type);
  switch (type) {
    case 'Z':
      return null;
    case 'T':
      return true;
    case 'F':
      return false;
    case 'S':
      return cursor.text();
    case 'C':
      return cursor.marker();
    case '[':
      return readArray(cursor, below(depth));
    case '{':
      return readObject(cursor, below(depth));
    default:
      throw broken('a value has an unknown type');
  }
}

function below(depth: number): number {
  if (depth === MAX_DEPTH) throw broken(`nested more than ${MAX_DEPTH} deep`);
  return depth + 1;
}

function readArray(cursor: Cursor, depth: number): Json[] {
  const { type, count } = containerHead(cursor);
  const values: Json[] = [];
  if (count === undefined) {
    while (!cursor.takes(']')) values.push(readValue(cursor, cursor.marker(), depth));
    return values;
  }
  for (let i = 0; i < count; i++) values.push(readValue(cursor, type ?? cursor.marker(), depth));
  return values;
}

function readObject(cursor: Cursor, depth: number): { [key: string]: Json } {
  const { type, count } = containerHead(cursor);
  const entries: [string, Json][] = [];
  const add = (): void => {
    entries.push([cursor.text(), readValue(cursor, type ?? cursor.marker(), depth)]);
  };
  if (count === undefined) while (!cursor.takes('}')) add();
  else for (let i = 0; i < count; i++) add();
  return Object.fromEntries(entries);
}

/** The type and count of a container's values, where it states them; values of a stated type take bytes. */
function containerHead(cursor: Cursor): { type?: string | undefined; count?: number | undefined } {
  const type = cursor.takes('$') ? cursor.marker() : undefined;
  if (type !== undefined && SIZES[type] === undefined && !'S[{C'.includes(type)) throw broken('a container type');
  if (cursor.takes('#')) return { type, count: cursor.count(type === undefined ? 1 : (SIZES[type] ?? 1)) };
  if (type !== undefined) throw broken('a typed container must have a count');
  return {};
}

function broken(rule: string): Error {
  return brokenFile('UBJSON', rule);
}
