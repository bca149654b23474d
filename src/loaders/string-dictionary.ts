// Distinct byte strings in order of first appearance: an open-addressing hash table over FNV-1a, its bytes in one pool.
import { StringPool } from '../table/string-pool.js';
import { grownArray } from './grown-array.js';

const FNV_PRIME = 0x01000193;
const EMPTY = -1;

/** Distinct strings, by code. */
export interface StringList {
  readonly size: number;
  /** Where each string ends in the pool; it starts where the one before ends. */
  readonly ends: Int32Array;
  /** UTF-8. */
  readonly pool: Uint8Array;
}

/** The strings of a dictionary, in memory that may be handed over. */
export interface DictionaryEntries extends StringList {
  readonly ends: Int32Array<ArrayBuffer>;
  readonly pool: Uint8Array<ArrayBuffer>;
}

/** A seed of one's own, so that nobody can write a file whose strings all collide. */
export function dictionarySeed(): number {
  return (Math.random() * 2 ** 32) | 0;
}

/** Gives equal byte strings (UTF-8) equal codes: 0, 1, 2 and so on. */
export class StringDictionary {
  /** How many distinct strings there are. */
  size = 0;
  private slots = new Int32Array(64).fill(EMPTY);
  private hashes = new Int32Array(32);
  /** Where each string ends in the pool. */
  private ends = new Int32Array(32);
  private pool = new Uint8Array(1024);
  private readonly seed = dictionarySeed();

  /** The code of bytes [start, end). */
  add(bytes: Uint8Array, start: number, end: number): number {
    return this.addHashed(bytes, start, end, this.hash(bytes, start, end));
  }

  /** The strings without a copy: the dictionary is of no more use where they are changed or handed over. */
  entries(): DictionaryEntries {
    return { size: this.size, ends: this.ends, pool: this.pool };
  }

  /** FNV-1a over four bytes at a time, then over the last ones. */
  private hash(bytes: Uint8Array, start: number, end: number): number {
    let hash = this.seed;
    let at = start;
    for (; at + 4 <= end; at += 4) {
      const word =
        (bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24);
      hash = Math.imul(hash ^ word, FNV_PRIME);
      hash ^= hash >>> 15;
    }
    for (; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), FNV_PRIME);
    return hash ^ (hash >>> 15);
  }

  private addHashed(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const code = this.slots[slot] as number;
      if (code === EMPTY) {
        this.store(bytes, start, end);
        return this.insert(slot, hash);
      }
      if (this.hashes[code] === hash && this.equals(code, bytes, start, end)) return code;
      slot = (slot + 1) & mask;
    }
  }

  /** The strings, by code; of no more use once more are added. */
  strings(): StringPool {
    return new StringPool(this.size, this.ends, this.pool);
  }

  private startOf(code: number): number {
    return code === 0 ? 0 : (this.ends[code - 1] as number);
  }

  private equals(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const poolStart = this.startOf(code);
    const length = end - start;
    if ((this.ends[code] as number) - poolStart !== length) return false;
    for (let i = 0; i < length; i++) {
      if (this.pool[poolStart + i] !== bytes[start + i]) return false;
    }
    return true;
  }

  /** Puts the bytes at the end of the pool, as those of the next code. */
  private store(bytes: Uint8Array, start: number, end: number): void {
    let to = this.startOf(this.size);
    this.pool = grownArray(this.pool, to + end - start);
    for (let at = start; at < end; at++) this.pool[to++] = bytes[at] as number;
    this.ends = grownArray(this.ends, this.size + 1);
    this.ends[this.size] = to;
  }

  private insert(slot: number, hash: number): number {
    const code = this.size;
    this.hashes = grownArray(this.hashes, code + 1);
    this.hashes[code] = hash;
    this.slots[slot] = code;
    this.size += 1;
    if (this.size * 2 > this.slots.length) this.spread();
    return code;
  }

  /** Four times the slots, so that chains stay short. */
  private spread(): void {
    this.slots = new Int32Array(this.slots.length * 4).fill(EMPTY);
    const mask = this.slots.length - 1;
    for (let code = 0; code < this.size; code++) {
      let slot = (this.hashes[code] as number) & mask;
      while (this.slots[slot] !== EMPTY) slot = (slot + 1) & mask;
      this.slots[slot] = code;
    }
  }
}
