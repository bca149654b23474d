// Quantiles of a stream in about 60 KB: the sketch of Karnin, Lang and Liberty, "Optimal quantile approximation in streams" (2016).
// Compactors hold values of weight 1, 2, 4 and so on; a full one sorts its values and hands every other to the next.
import { createRandom, type Random } from '../../core/random.js';
import { sortNumbers } from '../statistics/sort-numbers.js';
import type { WeightedValues } from './weighted-values.js';

/** Values of the highest compactor. */
const K = 2048;
/** Values taken in before they are sorted: more than the lowest compactors need, so that these get whole runs in order. */
const INPUT = 2048;
const SHRINK = 2 / 3;
const MIN_CAPACITY = 8;

/** With 99 % probability no quantile's rank is off by more than this share of all: 2.296 / k^0.9723, as measured by DataSketches. */
export const KLL_RANK_ERROR = 2.296 / K ** 0.9723;

interface Compactor {
  values: Float64Array<ArrayBuffer>;
  size: number;
}

/** Takes numbers, no NaN; the same numbers in the same order by the same seed give the same sketch. */
export class KllSketch {
  private readonly compactors: Compactor[] = [{ values: new Float64Array(INPUT), size: 0 }];
  private readonly random: Random;

  constructor(seed: number) {
    this.random = createRandom(seed);
  }

  add(value: number): void {
    const input = this.compactors[0] as Compactor;
    input.values[input.size++] = value;
    if (input.size === INPUT) this.compact(0);
  }

  /** Adds values [from, to), which are in ascending order: a compactor of its own, that hands half of them on. */
  addSorted(values: Float64Array, from: number, to: number): void {
    if ((to - from) % 2 === 1) this.add(values[from] as number);
    const start = from + ((to - from) % 2);
    if (start === to) return;
    for (let i = start + this.random.integer(2); i < to; i += 2) this.push(1, values[i] as number);
    if (this.isFull(1)) this.compact(1);
  }

  /** Adds a value so many times, as values of weights that are powers of two. */
  addTimes(value: number, times: number): void {
    for (let level = 0, rest = times; rest >= 1; level++, rest = Math.floor(rest / 2)) {
      if (rest % 2 === 0) continue;
      this.push(level, value);
      if (this.isFull(level)) this.compact(level);
    }
  }

  /** Takes in all values of another sketch. */
  merge(other: KllSketch): void {
    for (const [level, { values, size }] of other.compactors.entries()) {
      for (let i = 0; i < size; i++) this.push(level, values[i] as number);
      if (size > 0 && this.isFull(level)) this.compact(level);
    }
  }

  /** What the sketch holds; the weights add up to the count of values taken in. */
  weighted(): WeightedValues {
    const pairs = this.compactors.flatMap(({ values, size }, level) =>
      Array.from(values.subarray(0, size), (value): [number, number] => [value, 2 ** level]),
    );
    pairs.sort((a, b) => a[0] - b[0]);
    return {
      values: Float64Array.from(pairs, ([value]) => value),
      weights: Float64Array.from(pairs, ([, weight]) => weight),
      total: pairs.reduce((sum, [, weight]) => sum + weight, 0),
    };
  }

  private compact(level: number): void {
    const compactor = this.compactors[level] as Compactor;
    const { values, size } = compactor;
    sortNumbers(values, size);
    const kept = size % 2;
    for (let i = kept + this.random.integer(2); i < size; i += 2) this.push(level + 1, values[i] as number);
    compactor.size = kept;
    if (this.isFull(level + 1)) this.compact(level + 1);
  }

  private push(level: number, value: number): void {
    while (this.compactors.length <= level) this.compactors.push({ values: new Float64Array(MIN_CAPACITY), size: 0 });
    const compactor = this.compactors[level] as Compactor;
    if (compactor.size === compactor.values.length) {
      const grown = new Float64Array(2 * compactor.size);
      grown.set(compactor.values);
      compactor.values = grown;
    }
    compactor.values[compactor.size++] = value;
  }

  private isFull(level: number): boolean {
    const depth = this.compactors.length - 1 - level;
    const capacity = level === 0 ? INPUT : Math.max(MIN_CAPACITY, Math.ceil(K * SHRINK ** depth));
    return (this.compactors[level] as Compactor).size >= capacity;
  }
}
