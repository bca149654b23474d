// Dictionaries of byte strings: an open-addressing hash table whose entries stand in order of first appearance, their bytes in one pool.
// A dictionary is u32 address of the slots (u32 hash and u32 code + 1, or 0 where empty), u32 slots - 1, i32 entries, i32 entries that
// fit, u32 address of where in the pool each entry ends, u32 address of the pool, i32 bytes that fit there, u32 seed, u32 address of the
// room for a cell with doubled quotes, i32 bytes that fit there, u32 address of the entries' hashes, u32 that means nothing.
import { isMissing, trimmedEnd, trimmedStart } from './csv-missing';

const ESCAPED: u8 = 2;
const MIX: u64 = 0x9e3779b97f4a7c15;
/** Bytes that may be written past a string. */
const SLACK: i32 = 16;
const AHEAD: i32 = 12;

/**
 * Reads cells as int32 codes, -1 for missing, until the dictionary is full; returns how many it read. `marks` is the address of the
 * first cell's mark.
 */
export function readStrings(
  cells: usize,
  stride: usize,
  nRows: i32,
  text: usize,
  out: usize,
  dialect: usize,
  marks: usize,
  dictionary: usize,
): i32 {
  const scratch = <usize>load<u32>(dictionary, 32);
  const scratchBytes = load<i32>(dictionary, 36);
  const quote = load<i32>(dialect, 4);
  for (let row = 0; row < nRows; row++) {
    let start = text + <usize>load<i32>(cells);
    let end = text + <usize>load<i32>(cells, 4);
    if (load<u8>(marks) == ESCAPED) {
      if (<i32>(end - start) > scratchBytes) return row;
      end = unescaped(start, end, quote, scratch);
      start = scratch;
    }
    let code = -1;
    if (!isMissingString(start, end, dialect)) {
      code = add(dictionary, start, <i32>(end - start), hash(start, <i32>(end - start), load<u32>(dictionary, 28)));
      if (code < 0) return row;
    }
    store<i32>(out, code);
    out += 4;
    cells += stride;
    marks += stride >> 3;
  }
  return nRows;
}

/**
 * Adds distinct strings, from position `from` of `size` on, and stores their codes; stops where the dictionary is full and returns the
 * position it came to. `ends` and `hashes` are theirs as in a dictionary, `pool` is where they stand.
 */
export function mergeStrings(
  dictionary: usize,
  from: i32,
  size: i32,
  ends: usize,
  hashes: usize,
  pool: usize,
  codes: usize,
): i32 {
  let start = from == 0 ? 0 : load<u32>(ends + (<usize>(from - 1) << 2));
  const slots = <usize>load<u32>(dictionary);
  const mask = load<u32>(dictionary, 4);
  let touched: u32 = 0;
  for (let position = from; position < size; position++) {
    // The slot of a string to come is fetched from memory meanwhile.
    const ahead = load<u32>(hashes + (<usize>min(position + AHEAD, size - 1) << 2));
    touched ^= load<u32>(slots + (<usize>(ahead & mask) << 3));
    const offset = <usize>position << 2;
    const end = load<u32>(ends + offset);
    const code = add(dictionary, pool + <usize>start, <i32>(end - start), load<u32>(hashes + offset));
    if (code < 0) {
      size = position;
      break;
    }
    store<i32>(codes + offset, code);
    start = end;
  }
  store<u32>(dictionary, touched, 44);
  return size;
}

/** Puts all entries into the slots, which are empty. */
export function spreadSlots(dictionary: usize): void {
  const slots = <usize>load<u32>(dictionary);
  const mask = load<u32>(dictionary, 4);
  const size = load<i32>(dictionary, 8);
  const hashes = <usize>load<u32>(dictionary, 40);
  for (let code = 0; code < size; code++) {
    const hash = load<u32>(hashes + (<usize>code << 2));
    let slot = hash & mask;
    while (load<u32>(slots + (<usize>slot << 3), 4) != 0) slot = (slot + 1) & mask;
    store<u32>(slots + (<usize>slot << 3), hash);
    store<u32>(slots + (<usize>slot << 3), code + 1, 4);
  }
}

// @ts-expect-error: decorator
@inline
function isMissingString(start: usize, end: usize, dialect: usize): bool {
  const first = trimmedStart(start, end);
  return isMissing(first, trimmedEnd(first, end), dialect);
}

/** Copies a cell, its doubled quotes made single; returns the end of the copy. */
function unescaped(start: usize, end: usize, quote: i32, to: usize): usize {
  const quotes = i8x16.splat(<i8>quote);
  while (start < end) {
    const chunk = v128.load(start);
    v128.store(to, chunk);
    const mask = i8x16.bitmask(i8x16.eq(chunk, quotes));
    const n = <usize>(mask == 0 ? 16 : ctz(mask) + 1);
    if (start + n >= end) return to + (end - start);
    to += n;
    start += n + <usize>(mask != 0);
  }
  return to;
}

// @ts-expect-error: decorator
@inline
function hash(at: usize, length: i32, seed: u32): u32 {
  let h = (<u64>seed << 32) ^ <u64>length;
  for (; length > 8; length -= 8) {
    h = (h ^ load<u64>(at)) * MIX;
    h ^= h >> 32;
    at += 8;
  }
  h = (h ^ lastWord(at, length)) * MIX;
  h ^= h >> 32;
  h *= MIX;
  return <u32>(h >> 32);
}

/** The last 0 to 8 bytes of a string, filled up with zeros. */
// @ts-expect-error: decorator
@inline
function lastWord(at: usize, length: i32): u64 {
  return length == 0 ? 0 : load<u64>(at) & (<u64>-1 >> (64 - (<u64>length << 3)));
}

/** The code of a string, or -1 where there is no room for it. */
// @ts-expect-error: decorator
@inline
function add(dictionary: usize, at: usize, length: i32, hash: u32): i32 {
  const slots = <usize>load<u32>(dictionary);
  const mask = load<u32>(dictionary, 4);
  const ends = <usize>load<u32>(dictionary, 16);
  const pool = <usize>load<u32>(dictionary, 20);
  let slot = hash & mask;
  for (;;) {
    const address = slots + (<usize>slot << 3);
    const code = load<i32>(address, 4) - 1;
    if (code < 0) break;
    if (load<u32>(address) == hash) {
      const start = code == 0 ? 0 : load<u32>(ends + (<usize>(code - 1) << 2));
      if (<i32>(load<u32>(ends + (<usize>code << 2)) - start) == length && equals(pool + <usize>start, at, length))
        return code;
    }
    slot = (slot + 1) & mask;
  }
  const size = load<i32>(dictionary, 8);
  const start = size == 0 ? 0 : load<u32>(ends + (<usize>(size - 1) << 2));
  if (size == load<i32>(dictionary, 12) || <i64>start + length + SLACK > <i64>load<u32>(dictionary, 24)) return -1;
  copy(pool + <usize>start, at, length);
  store<u32>(ends + (<usize>size << 2), start + length);
  store<u32>(<usize>load<u32>(dictionary, 40) + (<usize>size << 2), hash);
  store<u32>(slots + (<usize>slot << 3), hash);
  store<u32>(slots + (<usize>slot << 3), size + 1, 4);
  store<i32>(dictionary, size + 1, 8);
  return size;
}

// @ts-expect-error: decorator
@inline
function equals(a: usize, b: usize, length: i32): bool {
  for (; length > 8; length -= 8) {
    if (load<u64>(a) != load<u64>(b)) return false;
    a += 8;
    b += 8;
  }
  return lastWord(a, length) == lastWord(b, length);
}

/** Copies bytes, and up to 15 more. */
// @ts-expect-error: decorator
@inline
function copy(to: usize, from: usize, length: i32): void {
  for (; length > 0; length -= 16) {
    v128.store(to, v128.load(from));
    to += 16;
    from += 16;
  }
}
