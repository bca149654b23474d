// What is told of each distinct string of a chunk once, whatever it is held as: hashes, length, and the string itself where asked for.
import type { StringList } from '../../loaders/string-dictionary.js';
import { StringPool } from '../../table/string-pool.js';
import type { ChunkStrings } from '../column-chunk.js';
import { mixed } from '../sketches/number-hash.js';
import { textHash } from '../sketches/text-hash.js';
import { textLength } from './text-length.js';

/** Seeds of the two hashes. */
export const FIRST_SEED = 0x2545f491;
export const SECOND_SEED = 0x1b873593;
const FNV_PRIME = 0x01000193;
const FNV_BASIS = 0x811c9dc5;
const SPACE = /\s/;

/** Distinct strings by code. */
export interface DistinctStrings {
  readonly size: number;
  /** Int32Array [2 * size]: two hashes of each, by {@link textHash}. */
  readonly hashes: Int32Array;
  /** Int32Array [size]: characters (code points). */
  readonly lengths: Int32Array;
  text(code: number): string;
  /** All of them at once, which is faster for most of them. */
  texts(): readonly string[];
  /** Whether one that is not empty begins or ends with white space. */
  isPadded(code: number): boolean;
}

/** Reads the strings of a chunk. */
export function distinctStrings(strings: ChunkStrings): DistinctStrings {
  return 'pool' in strings ? fromBytes(strings) : fromTexts(strings);
}

function fromTexts(texts: readonly string[]): DistinctStrings {
  const hashes = new Int32Array(2 * texts.length);
  for (const [code, text] of texts.entries()) {
    hashes[2 * code] = textHash(text, FIRST_SEED);
    hashes[2 * code + 1] = textHash(text, SECOND_SEED);
  }
  return {
    size: texts.length,
    hashes,
    lengths: Int32Array.from(texts, textLength),
    text: (code) => texts[code] as string,
    texts: () => texts,
    isPadded: (code) => isPaddedText(texts[code] as string),
  };
}

function fromBytes({ size, ends, pool }: StringList): DistinctStrings {
  const { hashes, lengths } = scan(size, ends, pool);
  const strings = new StringPool(size, ends, pool);
  return {
    size,
    hashes,
    lengths,
    text: (code) => strings.at(code),
    texts: () => strings.toArray(),
    isPadded(code) {
      const first = pool[code === 0 ? 0 : (ends[code - 1] as number)] as number;
      const last = pool[(ends[code] as number) - 1] as number;
      return !(isGraphic(first) && isGraphic(last)) && isPaddedText(strings.at(code));
    },
  };
}

/** FNV-1a and lengths of UTF-8 strings. */
function scan(size: number, ends: Int32Array, bytes: Uint8Array): { hashes: Int32Array; lengths: Int32Array } {
  const hashes = new Int32Array(2 * size);
  const lengths = new Int32Array(size);
  for (let code = 0, at = 0; code < size; code++) {
    const end = ends[code] as number;
    let first = FIRST_SEED ^ FNV_BASIS;
    let second = SECOND_SEED ^ FNV_BASIS;
    let length = 0;
    for (; at < end; at++) {
      const byte = bytes[at] as number;
      first = Math.imul(first ^ byte, FNV_PRIME);
      second = Math.imul(second ^ byte, FNV_PRIME);
      if ((byte & 0xc0) !== 0x80) length += 1; // bytes that continue a character are no more characters
    }
    hashes[2 * code] = mixed(first);
    hashes[2 * code + 1] = mixed(second);
    lengths[code] = length;
  }
  return { hashes, lengths };
}

/** Letters and digits, which most texts begin and end with, are told without a regular expression. */
function isPaddedText(text: string): boolean {
  if (isGraphic(text.charCodeAt(0)) && isGraphic(text.charCodeAt(text.length - 1))) return false;
  return SPACE.test(text.charAt(0)) || SPACE.test(text.charAt(text.length - 1));
}

function isGraphic(code: number): boolean {
  return code > 0x20 && code < 0x7f;
}
