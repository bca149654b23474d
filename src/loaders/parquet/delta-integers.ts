// DELTA_BINARY_PACKED: blocks of bit-packed differences (Encodings.md of Apache Parquet).
import type { ByteRange } from './hybrid-runs.js';
import { malformed } from './malformed.js';

/**
 * The integers, wrapped to 64 bits, and where the encoding ends.
 * @param count how many there must be
 * @throws PARQUET_MALFORMED
 */
export function readDeltaIntegers(
  range: ByteRange,
  count: number,
): { values: BigInt64Array<ArrayBuffer>; end: number } {
  const reader = new DeltaReader(range);
  const blockSize = reader.varint();
  const nMiniblocks = reader.varint();
  const total = reader.varint();
  const perMiniblock = Number(blockSize / (nMiniblocks || 1n));
  if (
    nMiniblocks < 1n ||
    nMiniblocks > 4096n ||
    perMiniblock < 8 ||
    perMiniblock % 8 !== 0 ||
    total !== BigInt(count)
  ) {
    throw malformed('a page has a wrong header of differences');
  }
  const values = new BigInt64Array(count);
  let value = reader.zigzag();
  if (count > 0) values[0] = value;
  for (let filled = 1; filled < count; ) {
    const least = reader.zigzag();
    const widths = reader.take(Number(nMiniblocks));
    for (const width of widths) {
      if (filled >= count) break;
      const n = Math.min(perMiniblock, count - filled);
      const packed = reader.take((perMiniblock * width) / 8);
      for (let i = 0; i < n; i++) {
        value = BigInt.asIntN(64, value + least + bitsAt(packed, i * width, width));
        values[filled++] = value;
      }
    }
  }
  return { values, end: reader.at };
}

function bitsAt(bytes: Uint8Array, bit: number, width: number): bigint {
  let value = 0n;
  let taken = 0;
  while (taken < width) {
    const shift = (bit + taken) & 7;
    const n = Math.min(8 - shift, width - taken);
    const bits = ((bytes[(bit + taken) >> 3] as number) >> shift) & ((1 << n) - 1);
    value |= BigInt(bits) << BigInt(taken);
    taken += n;
  }
  return value;
}

class DeltaReader {
  at: number;
  private readonly range: ByteRange;

  constructor(range: ByteRange) {
    this.range = range;
    this.at = range.start;
  }

  take(length: number): Uint8Array {
    if (length > this.range.end - this.at) throw malformed('a page has fewer values than it says');
    this.at += length;
    return this.range.bytes.subarray(this.at - length, this.at);
  }

  zigzag(): bigint {
    const value = this.varint();
    return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n));
  }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const [byte] = this.take(1);
      value |= BigInt((byte as number) & 127) << shift;
      if ((byte as number) < 128) return value;
    }
    throw malformed('a page has a number of too many bytes');
  }
}
