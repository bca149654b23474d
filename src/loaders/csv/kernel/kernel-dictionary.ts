// The room of a dictionary of byte strings in the kernel's memory; assembly/csv-dictionary.ts documents its layout.
import type { PieceStrings } from '../csv-piece.js';
import type { CsvKernel } from './csv-kernel.js';
import type { KernelMemory } from './kernel-memory.js';

const WORDS = 12;
const SLOTS = 0;
const MASK = 1;
const SIZE = 2;
const CAPACITY = 3;
const ENDS = 4;
const POOL = 5;
const POOL_BYTES = 6;
const SEED = 7;
const SCRATCH = 8;
const SCRATCH_BYTES = 9;
const HASHES = 10;
/** Bytes the kernel may write past a string. */
const SLACK = 32;
const FIRST_SLOTS = 256;
/** From here on they are doubled, to spare memory. */
const MANY_SLOTS = 2 ** 20;
const FIRST_POOL_BYTES = 4096;

/** Distinct strings by code: of a column in a piece, or in all pieces. */
export class KernelDictionary {
  readonly address: number;
  readonly #kernel: CsvKernel;
  readonly #memory: KernelMemory;
  readonly #words: Int32Array;
  #staged = { address: 0, bytes: 0 };

  constructor(kernel: CsvKernel, memory: KernelMemory, seed: number) {
    this.#kernel = kernel;
    this.#memory = memory;
    this.address = memory.reserve(4 * WORDS);
    this.#words = memory.int32(this.address, WORDS).fill(0);
    this.#words[SEED] = seed;
    this.#spread(FIRST_SLOTS);
    this.#reservePool(FIRST_POOL_BYTES);
  }

  /** Makes room for one more string of so many bytes, and for reading a cell of so many with doubled quotes. */
  makeRoom(nBytes: number): void {
    const nSlots = this.#word(MASK) + 1;
    if (this.#word(SIZE) === this.#word(CAPACITY)) this.#spread(nSlots < MANY_SLOTS ? 4 * nSlots : 2 * nSlots);
    const needed = this.#poolEnd() + nBytes + SLACK;
    if (needed > this.#word(POOL_BYTES)) this.#reservePool(2 * needed);
    if (nBytes > this.#word(SCRATCH_BYTES)) {
      this.#words[SCRATCH] = this.#memory.reserve(2 * nBytes + SLACK);
      this.#words[SCRATCH_BYTES] = 2 * nBytes;
    }
  }

  /** Takes in the strings of a piece; their codes here, by their codes there, until the next call. */
  merge({ size, ends, hashes, pool }: PieceStrings): Int32Array {
    const at = this.#stage(12 * size + pool.length + SLACK);
    const memory = this.#memory;
    memory.int32(at + 4 * size, size).set(ends);
    memory.int32(at + 8 * size, size).set(hashes);
    memory.bytes(at + 12 * size, pool.length).set(pool);
    for (let done = 0; ; ) {
      done = this.#kernel.mergeStrings(this.address, done, size, at + 4 * size, at + 8 * size, at + 12 * size, at);
      if (done === size) return memory.int32(at, size);
      this.makeRoom((ends[done] as number) - (done === 0 ? 0 : (ends[done - 1] as number)));
    }
  }

  clear(): void {
    if (this.#word(SIZE) === 0) return;
    this.#words[SIZE] = 0;
    this.#memory.bytes(this.#word(SLOTS), 8 * (this.#word(MASK) + 1)).fill(0);
  }

  /** The strings, where they stand. */
  entries(): PieceStrings {
    const size = this.#word(SIZE);
    return {
      size,
      ends: this.#memory.int32(this.#word(ENDS), size),
      hashes: this.#memory.int32(this.#word(HASHES), size),
      pool: new Uint8Array(this.#memory.memory.buffer, this.#word(POOL), this.#poolEnd()),
    };
  }

  /** Room for so many bytes, until the next call. */
  #stage(nBytes: number): number {
    if (nBytes > this.#staged.bytes) this.#staged = { address: this.#memory.reserve(2 * nBytes), bytes: 2 * nBytes };
    return this.#staged.address;
  }

  /** Addresses take all 32 bits. */
  #word(index: number): number {
    return (this.#words[index] as number) >>> 0;
  }

  #poolEnd(): number {
    const size = this.#word(SIZE);
    return size === 0 ? 0 : (this.#memory.int32(this.#word(ENDS) + 4 * (size - 1), 1)[0] as number);
  }

  #spread(nSlots: number): void {
    const capacity = nSlots / 2;
    for (const array of [ENDS, HASHES])
      this.#words[array] = this.#moved(this.#word(array), 4 * this.#word(SIZE), 4 * capacity);
    this.#words[CAPACITY] = capacity;
    this.#words[SLOTS] = this.#memory.reserveZeros(8 * nSlots);
    this.#words[MASK] = nSlots - 1;
    this.#kernel.spreadSlots(this.address);
  }

  #reservePool(nBytes: number): void {
    this.#words[POOL] = this.#moved(this.#word(POOL), this.#poolEnd(), nBytes + SLACK);
    this.#words[POOL_BYTES] = nBytes;
  }

  #moved(from: number, used: number, room: number): number {
    const to = this.#memory.reserve(room);
    this.#memory.bytes(to, used).set(this.#memory.bytes(from, used));
    return to;
  }
}
