// Brings the values of a page that are in one of the rarer encodings into the PLAIN one (Encodings.md of Apache Parquet).
import { readDeltaIntegers } from './delta-integers.js';
import type { ByteRange } from './hybrid-runs.js';
import { malformed } from './malformed.js';
import type { Encoding } from './page-header.js';
import type { ValueType } from './value-type.js';

const MAX_PLAIN_BYTES = 2 ** 30;

/**
 * The same values in PLAIN encoding.
 * @throws PARQUET_MALFORMED, also for encodings that the type cannot have
 */
export function plainBytes(range: ByteRange, encoding: Encoding, type: ValueType, count: number): ByteRange {
  if (encoding === 'PLAIN') return range;
  const { stored, width } = type;
  if (encoding === 'BYTE_STREAM_SPLIT' && width > 0) return joinedStreams(range, width, count);
  if (encoding === 'DELTA_BINARY_PACKED' && (stored === 'int32' || stored === 'int64')) {
    return integers(range, width, count);
  }
  if (encoding === 'DELTA_LENGTH_BYTE_ARRAY' && stored === 'bytes') return suffixes(range, undefined, 4, count);
  if (encoding === 'DELTA_BYTE_ARRAY' && (stored === 'bytes' || stored === 'fixed')) {
    const prefixes = readDeltaIntegers(range, count);
    return suffixes({ ...range, start: prefixes.end }, prefixes.values, stored === 'bytes' ? 4 : 0, count);
  }
  throw malformed(`a page has the encoding ${encoding}, which its type cannot have`);
}

function whole(bytes: Uint8Array): ByteRange {
  return { bytes, start: 0, end: bytes.length };
}

/** The first bytes of all values, then the second ones, and so on. */
function joinedStreams({ bytes, start, end }: ByteRange, width: number, count: number): ByteRange {
  if (end - start < count * width) throw malformed('a page has fewer values than it says');
  const joined = new Uint8Array(count * width);
  for (let stream = 0, at = start; stream < width; stream++) {
    for (let i = 0; i < count; i++) joined[i * width + stream] = bytes[at++] as number;
  }
  return whole(joined);
}

function integers(range: ByteRange, width: number, count: number): ByteRange {
  const { values } = readDeltaIntegers(range, count);
  const stored = width === 8 ? values : Int32Array.from(values, (value) => Number(BigInt.asIntN(32, value)));
  return whole(new Uint8Array(stored.buffer));
}

/** Values that share a number of bytes with the one before, where `prefixes` are given; the others follow with their lengths. */
function suffixes(range: ByteRange, prefixes: BigInt64Array | undefined, head: number, count: number): ByteRange {
  const { values: lengths, end: start } = readDeltaIntegers(range, count);
  const sizes = new Int32Array(count);
  let total = 0;
  for (let i = 0; i < count; i++) {
    const shared = Number(prefixes === undefined ? 0n : prefixes[i]);
    const own = Number(lengths[i]);
    if (shared < 0 || own < 0 || shared > (sizes[i - 1] ?? 0)) throw malformed('a page has a wrong length of a value');
    sizes[i] = shared + own;
    total += head + shared + own;
    if (total > MAX_PLAIN_BYTES) throw malformed(`the values of a page must have at most ${MAX_PLAIN_BYTES} bytes`);
  }
  const out = new Uint8Array(total);
  let from = start;
  let previous = 0;
  for (let i = 0, at = 0; i < count; i++) {
    const size = sizes[i] as number;
    const own = Number(lengths[i]);
    if (own > range.end - from) throw malformed('a page has a value that goes past its end');
    if (head > 0) new DataView(out.buffer, at, head).setInt32(0, size, true);
    out.copyWithin(at + head, previous, previous + size - own);
    out.set(range.bytes.subarray(from, from + own), at + head + size - own);
    previous = at + head;
    from += own;
    at += head + size;
  }
  return whole(out);
}
