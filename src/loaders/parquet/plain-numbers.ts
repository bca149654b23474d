// Values in PLAIN encoding as doubles: numbers, and instants in epoch milliseconds (Encodings.md of Apache Parquet).
import { TabwrightError } from '../../core/tabwright-error.js';
import { bigDecimal, decimalOfBytes } from './decimal-number.js';
import type { ByteRange } from './hybrid-runs.js';
import { malformed } from './malformed.js';
import type { ValueType } from './value-type.js';

/** Reads `count` values into `out` from place `at` on. */
export type ReadNumbers = (range: ByteRange, count: number, out: Float64Array, at: number) => void;

const TWO_32 = 2 ** 32;
const MS_PER_DAY = 86_400_000;
const NS_PER_MS = 1_000_000;
const JULIAN_EPOCH_DAY = 2_440_588;
const MAX_POWER = 22;

/** The reader of a type's values. It throws PARQUET_MALFORMED, and COLUMN_INVALID for integers that are no doubles. */
export function plainNumbers(type: ValueType): ReadNumbers {
  const read = readerOf(type);
  if (type.width === 0) return read;
  return (range, count, out, at) => {
    if (range.end - range.start < count * type.width) throw malformed('a page has fewer values than it says');
    read(range, count, out, at);
  };
}

function readerOf(type: ValueType): ReadNumbers {
  switch (type.stored) {
    case 'double':
      return readDoubles;
    case 'float':
      return readFloats;
    case 'int32':
      return int32Reader(type);
    case 'int64':
      return int64Reader(type);
    case 'int96':
      return readInt96;
    case 'fixed':
      return type.meaning === 'float16' ? readHalves : fixedDecimalReader(type);
    default:
      return decimalReader(type);
  }
}

/** Parquet is little-endian, and so is every processor that Node runs typed arrays of this layout on. */
function readDoubles({ bytes, start }: ByteRange, count: number, out: Float64Array, at: number): void {
  const to = new Uint8Array(out.buffer, out.byteOffset + 8 * at, 8 * count);
  to.set(bytes.subarray(start, start + 8 * count));
}

function readFloats(range: ByteRange, count: number, out: Float64Array, at: number): void {
  out.set(new Float32Array(aligned(range, 4 * count)), at);
}

function int32Reader({ isUnsigned, factor, unitsPerMs, scale }: ValueType): ReadNumbers {
  const divisor = scale > 0 && scale <= MAX_POWER ? 10 ** scale : 1;
  return (range, count, out, at) => {
    const buffer = aligned(range, 4 * count);
    const values = isUnsigned ? new Uint32Array(buffer) : new Int32Array(buffer);
    if (divisor > 1) for (let i = 0; i < count; i++) out[at + i] = (values[i] as number) / divisor;
    else if (scale > MAX_POWER) for (let i = 0; i < count; i++) out[at + i] = Number(`${values[i]}e-${scale}`);
    else if (unitsPerMs > 1)
      for (let i = 0; i < count; i++) out[at + i] = Math.floor((values[i] as number) / unitsPerMs);
    else if (factor > 1) for (let i = 0; i < count; i++) out[at + i] = (values[i] as number) * factor;
    else out.set(values, at);
  };
}

function int64Reader(type: ValueType): ReadNumbers {
  if (type.unitsPerMs > 1) return (range, count, out, at) => cutTimes(words(range, count), type.unitsPerMs, out, at);
  if (type.scale > 0) return longDecimalReader(type.scale);
  const isExact = type.kind === 'number' && type.largeIntegers === 'refuse';
  return (range, count, out, at) => {
    const parts = words(range, count);
    let isHeld = true;
    for (let i = 0; i < count; i++) {
      const high = parts[2 * i + 1] as number;
      const value = (type.isUnsigned ? high >>> 0 : high) * TWO_32 + ((parts[2 * i] as number) >>> 0);
      if (isExact && !Number.isSafeInteger(value)) isHeld &&= isSame(value, parts, i, type.isUnsigned);
      out[at + i] = value;
    }
    if (!isHeld) throw largeInteger();
  };
}

/** Whether a double of the size of an integer is that integer. */
function isSame(value: number, parts: Int32Array, index: number, isUnsigned: boolean): boolean {
  const bits = (BigInt(parts[2 * index + 1] as number) << 32n) | BigInt((parts[2 * index] as number) >>> 0);
  return BigInt(value) === (isUnsigned ? BigInt.asUintN(64, bits) : bits);
}

function largeInteger(): TabwrightError {
  const remedy = 'declare it a string to keep their digits, or a number to round them';
  return new TabwrightError('COLUMN_INVALID', `holds integers past 2^53 that a double does not hold; ${remedy}`);
}

/** Whole milliseconds of times in smaller units, cut off. Every intermediate result is an exact double. */
function cutTimes(parts: Int32Array, unitsPerMs: number, out: Float64Array, at: number): void {
  for (let i = 0; 2 * i < parts.length; i++) {
    const high = parts[2 * i + 1] as number;
    const whole = Math.floor(high / unitsPerMs);
    const rest = (high - whole * unitsPerMs) * TWO_32 + ((parts[2 * i] as number) >>> 0);
    out[at + i] = whole * TWO_32 + Math.floor(rest / unitsPerMs);
  }
}

function longDecimalReader(scale: number): ReadNumbers {
  return (range, count, out, at) => {
    const values = new BigInt64Array(aligned(range, 8 * count));
    for (let i = 0; i < count; i++) out[at + i] = bigDecimal(values[i] as bigint, scale);
  };
}

/** INT96 holds nanoseconds of the day in 64 bits, then the Julian day in 32. */
function readInt96(range: ByteRange, count: number, out: Float64Array, at: number): void {
  const parts = new Int32Array(aligned(range, 12 * count));
  for (let i = 0; i < count; i++) {
    const ns = (parts[3 * i + 1] as number) * TWO_32 + ((parts[3 * i] as number) >>> 0);
    out[at + i] = ((parts[3 * i + 2] as number) - JULIAN_EPOCH_DAY) * MS_PER_DAY + Math.floor(ns / NS_PER_MS);
  }
}

function readHalves(range: ByteRange, count: number, out: Float64Array, at: number): void {
  const values = new Uint16Array(aligned(range, 2 * count));
  for (let i = 0; i < count; i++) out[at + i] = half(values[i] as number);
}

/** IEEE 754 binary16. */
function half(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

function fixedDecimalReader({ width, scale }: ValueType): ReadNumbers {
  return ({ bytes, start }, count, out, at) => {
    for (let i = 0; i < count; i++) {
      out[at + i] = decimalOfBytes(bytes.subarray(start + i * width, start + (i + 1) * width), scale);
    }
  };
}

function decimalReader({ scale }: ValueType): ReadNumbers {
  return ({ bytes, start, end }, count, out, at) => {
    let from = start;
    for (let i = 0; i < count; i++) {
      const to = bytesEnd(bytes, from, end);
      out[at + i] = decimalOfBytes(bytes.subarray(from + 4, to), scale);
      from = to;
    }
  };
}

/**
 * Where a value of variable length ends, that starts with its length.
 * @throws PARQUET_MALFORMED
 */
export function bytesEnd(bytes: Uint8Array, start: number, end: number): number {
  if (start + 4 > end) throw malformed('a page has fewer values than it says');
  const length =
    (bytes[start] as number) |
    ((bytes[start + 1] as number) << 8) |
    ((bytes[start + 2] as number) << 16) |
    ((bytes[start + 3] as number) << 24);
  if (length < 0 || length > end - start - 4) throw malformed('a page has a value that goes past its end');
  return start + 4 + length;
}

function words(range: ByteRange, count: number): Int32Array {
  return new Int32Array(aligned(range, 8 * count));
}

/** A copy that typed arrays of any width can look at. */
function aligned({ bytes, start }: ByteRange, nBytes: number): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + start + nBytes) as ArrayBuffer;
}
