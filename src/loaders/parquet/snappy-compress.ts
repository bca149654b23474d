// Snappy compression (format_description.txt of google/snappy): matches of four bytes and more within blocks of 64 KiB.

const BLOCK_BYTES = 65_536;
/** Matches are looked for only where so many bytes are left. */
const MARGIN_BYTES = 15;
const HASH_BITS = 14;
const MAX_COPY = 64;

/** Positions in the block by the hash of the four bytes there. */
const table = new Uint16Array(2 ** HASH_BITS);

/** The bytes, compressed. */
export function snappyCompress(input: Uint8Array): Uint8Array {
  const out = new Uint8Array(32 + input.length + Math.ceil(input.length / 6));
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  let at = 0;
  let length = input.length;
  for (; length > 127; length = Math.floor(length / 128)) out[at++] = (length % 128) + 128;
  out[at++] = length;
  for (let start = 0; start < input.length; start += BLOCK_BYTES) {
    at = compressBlock(view, input, { start, end: Math.min(start + BLOCK_BYTES, input.length) }, out, at);
  }
  return out.subarray(0, at);
}

/** Compresses one block to `out` from `at` on; gives the place after it. */
function compressBlock(
  view: DataView,
  input: Uint8Array,
  { start, end }: { readonly start: number; readonly end: number },
  out: Uint8Array,
  at: number,
): number {
  const limit = end - MARGIN_BYTES;
  let to = at;
  let emitted = start;
  table.fill(0);
  // In bytes that do not repeat, steps become longer: a byte more for every 32 without a match.
  for (let from = start + 1, misses = 32; from < limit; ) {
    const word = view.getInt32(from, true);
    const hash = Math.imul(word, 0x1e35a7bd) >>> (32 - HASH_BITS);
    const candidate = start + (table[hash] as number);
    table[hash] = from - start;
    if (view.getInt32(candidate, true) !== word) {
      from += misses++ >>> 5;
      continue;
    }
    to = putLiteral(input, emitted, from, out, to);
    let matched = 4;
    while (from + matched < end && input[candidate + matched] === input[from + matched]) matched += 1;
    to = putCopy(from - candidate, matched, out, to);
    from += matched;
    emitted = from;
    misses = 32;
  }
  return putLiteral(input, emitted, end, out, to);
}

function putLiteral(input: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  if (start === end) return at;
  const length = end - start - 1;
  let to = at;
  if (length < 60) out[to++] = length << 2;
  else {
    out[to++] = length < 256 ? 60 << 2 : 61 << 2;
    out[to++] = length & 255;
    if (length >= 256) out[to++] = length >>> 8;
  }
  if (length < 32) for (let from = start; from < end; from++) out[to++] = input[from] as number;
  else {
    out.set(input.subarray(start, end), to);
    to += end - start;
  }
  return to;
}

function putCopy(offset: number, length: number, out: Uint8Array, at: number): number {
  let to = at;
  let rest = length;
  while (rest > 0) {
    const n = Math.min(rest, MAX_COPY);
    out[to++] = ((n - 1) << 2) | 2;
    out[to++] = offset & 255;
    out[to++] = offset >>> 8;
    rest -= n;
  }
  return to;
}
