// Parquet's hybrid of run lengths and bit packing, for levels, dictionary indexes and booleans (Encodings.md of Apache Parquet, RLE).
import { malformed } from './malformed.js';

/** Bytes of a page, from one offset to another. */
export interface ByteRange {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Widest values that fit into the bits held while unpacking. */
const MAX_FAST_WIDTH = 24;

/**
 * Reads `count` values of `width` bits into the first places of `out`; those of 32 bits come out signed.
 * @throws PARQUET_MALFORMED
 */
export function readHybridRuns(range: ByteRange, width: number, out: Int32Array, count: number): void {
  if (width > 32) throw malformed(`values must have at most 32 bits, got ${width}`);
  const { bytes, end } = range;
  let at = range.start;
  let filled = 0;
  while (filled < count) {
    let header = 0;
    let shift = 0;
    for (;;) {
      if (at >= end || shift > 28) throw malformed('a page has fewer values than it says');
      const byte = bytes[at++] as number;
      header |= (byte & 127) << shift;
      if (byte < 128) break;
      shift += 7;
    }
    const size = header >>> 1;
    if ((header & 1) === 1) {
      const n = Math.min(size * 8, count - filled);
      if (Math.ceil((n * width) / 8) > end - at) throw malformed('a page has fewer values than it says');
      unpack(bytes, at, width, out, filled, n);
      at += size * width;
      filled += n;
    } else {
      const nBytes = (width + 7) >> 3;
      if (nBytes > end - at) throw malformed('a page has fewer values than it says');
      const next = Math.min(filled + size, count);
      out.fill(littleEndian(bytes, at, nBytes), filled, next);
      at += nBytes;
      filled = next;
    }
  }
}

function littleEndian(bytes: Uint8Array, start: number, nBytes: number): number {
  let value = 0;
  for (let i = 0; i < nBytes; i++) value |= (bytes[start + i] as number) << (8 * i);
  return value;
}

function unpack(bytes: Uint8Array, start: number, width: number, out: Int32Array, to: number, count: number): void {
  if (width > MAX_FAST_WIDTH) {
    unpackWide(bytes, start, width, out, to, count);
    return;
  }
  const mask = (1 << width) - 1;
  let at = start;
  let bits = 0;
  let held = 0;
  for (let i = to; i < to + count; i++) {
    while (held < width) {
      bits |= (bytes[at++] as number) << held;
      held += 8;
    }
    out[i] = bits & mask;
    bits >>>= width;
    held -= width;
  }
}

function unpackWide(bytes: Uint8Array, start: number, width: number, out: Int32Array, to: number, count: number): void {
  const modulus = 2 ** width;
  for (let i = 0; i < count; i++) {
    const bit = i * width;
    let value = 0;
    let factor = 1;
    // Five bytes hold any 32 bits; their 40 bits are exact in a double.
    for (let at = start + Math.floor(bit / 8), n = 0; n < 5; n++, factor *= 256) value += (bytes[at + n] ?? 0) * factor;
    out[to + i] = Math.floor(value / 2 ** (bit % 8)) % modulus;
  }
}
