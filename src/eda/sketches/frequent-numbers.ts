// The frequent values of a stream of numbers: counters in open addressing; when all are taken, each loses the median count and those at
// nothing go (Misra and Gries, 1982, as Anderson et al. batch it, "A high-performance algorithm for identifying frequent items", 2017).
import { sortNumbers } from '../statistics/sort-numbers.js';
import { numberHash } from './number-hash.js';

const MIN_PLACES = 64;
const MAX_SMALL = 64;

/** Counts each value, or the frequent ones: a count is then too low by at most {@link FrequentNumbers.maxError}. */
export class FrequentNumbers {
  static readonly seed = 0x5bd1e995;
  /** Values with a counter; all distinct values where `maxError` is 0. */
  size = 0;
  /** At most the values added over half the capacity. */
  maxError = 0;
  private readonly capacity: number;
  private keys = new Float64Array(MIN_PLACES);
  /** 0 where a place is free. */
  private counts = new Float64Array(MIN_PLACES);

  /** @param capacity most counters, a power of two */
  constructor(capacity: number) {
    this.capacity = capacity;
  }

  /** Adds a number, no NaN, so many times. @param hash of the number, by {@link FrequentNumbers.seed} */
  add(value: number, hash: number, times = 1): void {
    const place = this.place(value, hash);
    if (this.counts[place] === 0) {
      this.keys[place] = value + 0;
      this.size += 1;
    }
    this.counts[place] = (this.counts[place] as number) + times;
    if (2 * this.size > this.keys.length) this.makeRoom();
  }

  /**
   * Adds values [from, to), which are in ascending order. Of more distinct ones than half the counters, those that are there once
   * are left out, which `maxError` then takes in.
   */
  addSorted(values: Float64Array, from: number, to: number): void {
    const least = 2 * countRuns(values, from, to) > this.capacity ? 2 : 1;
    if (least > 1) this.maxError += 1;
    for (let start = from; start < to; ) {
      const value = values[start] as number;
      let end = start + 1;
      while (end < to && values[end] === value) end++;
      if (end - start >= least) this.add(value, numberHash(value, FrequentNumbers.seed), end - start);
      start = end;
    }
  }

  /** Whether the next new value may take the counts of others. */
  get isFull(): boolean {
    return this.size >= this.capacity;
  }

  /** Values with their counts, in no order. */
  *entries(): Generator<[number, number]> {
    for (let place = 0; place < this.keys.length; place++) {
      const count = this.counts[place] as number;
      if (count > 0) yield [this.keys[place] as number, count];
    }
  }

  /** All values in ascending order, and the count of each. */
  ascending(): { values: Float64Array; counts: Float64Array } {
    const values = this.keys.filter((_, place) => (this.counts[place] as number) > 0);
    sortNumbers(values, values.length);
    const counts = values.map(
      (value) => this.counts[this.place(value, numberHash(value, FrequentNumbers.seed))] as number,
    );
    return { values, counts };
  }

  private place(value: number, hash: number): number {
    const last = this.keys.length - 1;
    let place = hash & last;
    while (this.counts[place] !== 0 && this.keys[place] !== value) place = (place + 1) & last;
    return place;
  }

  private makeRoom(): void {
    const isGrowing = this.size < this.capacity;
    const { keys, counts } = this;
    const loss = isGrowing ? 0 : medianCount(counts, this.size);
    const nPlaces = isGrowing ? 4 * keys.length : keys.length;
    this.keys = new Float64Array(Math.min(nPlaces, 2 * this.capacity));
    this.counts = new Float64Array(this.keys.length);
    this.maxError += loss;
    this.size = 0;
    for (let from = 0; from < keys.length; from++) {
      const count = (counts[from] as number) - loss;
      if (count <= 0) continue;
      const place = this.place(keys[from] as number, numberHash(keys[from] as number, FrequentNumbers.seed));
      this.keys[place] = keys[from] as number;
      this.counts[place] = count;
      this.size += 1;
    }
  }
}

function countRuns(values: Float64Array, from: number, to: number): number {
  let nRuns = from < to ? 1 : 0;
  for (let i = from + 1; i < to; i++) if (values[i] !== values[i - 1]) nRuns += 1;
  return nRuns;
}

/** The median of the counts: nearly all are small, and are counted; the rest are sorted. */
function medianCount(counts: Float64Array, size: number): number {
  const small = new Uint32Array(MAX_SMALL);
  for (let place = 0; place < counts.length; place++) {
    const count = counts[place] as number;
    if (count < MAX_SMALL) small[count] = (small[count] as number) + 1;
  }
  let before = 0;
  for (let count = 1; count < MAX_SMALL; count++) {
    before += small[count] as number;
    if (2 * before > size) return count;
  }
  return counts.filter((count) => count > 0).sort()[size >> 1] as number;
}
