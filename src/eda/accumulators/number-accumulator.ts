// A column of numbers or of instants. Up to `exactRows` its values are kept and sorted at the end; past that its
// distinct values are counted while they are few enough, and where they are not, sketches take over.
import type { ColumnChunk } from '../column-chunk.js';
import { DoublingHistogram } from '../sketches/doubling-histogram.js';
import { FrequentNumbers } from '../sketches/frequent-numbers.js';
import { HyperLogLog } from '../sketches/hyper-log-log.js';
import { KllSketch } from '../sketches/kll-sketch.js';
import { NAN_WORD, numberHash, wordsHash } from '../sketches/number-hash.js';
import type { WeightedValues } from '../sketches/weighted-values.js';
import { Moments } from '../statistics/moments.js';
import { sortNumbers } from '../statistics/sort-numbers.js';
import type { AccumulatorSettings } from './accumulator-settings.js';
import type { AccumulatedColumn, ColumnAccumulator } from './column-accumulator.js';
import { DateParts } from './date-parts.js';
import { EndValues } from './end-values.js';
import { MissingBlocks } from './missing-blocks.js';
import type { NumberFacts, NumberSketches } from './number-facts.js';
import { numberProfile } from './number-profile.js';
import type { RowHashes } from './row-hashes.js';

const SECOND_SEED = 0x1b873593;
/** Counters of a column that has more distinct values than can all be counted: its frequent ones are few. */
const SKETCH_COUNTERS = 4096;

/** Accumulates numbers; NaN is missing. */
export class NumberAccumulator implements ColumnAccumulator<ColumnChunk & { kind: 'number' | 'datetime' }> {
  private readonly kind: 'number' | 'datetime';
  private readonly index: number;
  private readonly settings: AccumulatorSettings;
  private readonly missing = new MissingBlocks();
  private readonly moments = new Moments();
  private readonly parts: DateParts | undefined;
  private readonly ends: EndValues;
  private nRows = 0;
  private nMissing = 0;
  private nZeros = 0;
  private nNegative = 0;
  private nInfinite = 0;
  private isInteger = true;
  private last = Number.NaN;
  /** Steps between neighbours that go up, down, and are equal. */
  private nUp = 0;
  private nDown = 0;
  private nLevel = 0;
  /** Finite values, while there are few. */
  private kept = new Float64Array(1024);
  private nKept = 0;
  /** All distinct values with their counts, past that. */
  private counted: FrequentNumbers | undefined;
  /** Where these are too many as well. */
  private sketches: NumberSketches | undefined;

  constructor(kind: 'number' | 'datetime', index: number, settings: AccumulatorSettings) {
    this.kind = kind;
    this.index = index;
    this.settings = settings;
    this.parts = kind === 'datetime' ? new DateParts(settings.nowMs) : undefined;
    this.ends = new EndValues(settings.extremeValues);
  }

  add({ values }: { readonly values: Float64Array }, hashes: RowHashes): void {
    this.missing.reach(this.nRows + values.length);
    this.moments.add(values);
    this.parts?.add(values);
    const isKept = this.counted === undefined && this.sketches === undefined;
    if (isKept && this.nKept + values.length > this.settings.exactRows) this.countKept();
    if (this.kept.length < this.nKept + values.length) this.growKept(this.nKept + values.length);
    const nFinite = this.scan(values, hashes);
    this.nRows += values.length;
    if (this.counted === undefined && this.sketches === undefined) this.nKept += nFinite;
    else this.addFinite(nFinite);
  }

  finish(): AccumulatedColumn {
    const { missing, nRows } = this;
    const facts: NumberFacts = {
      kind: this.kind,
      nRows,
      nMissing: this.nMissing,
      nZeros: this.nZeros,
      nNegative: this.nNegative,
      nInfinite: this.nInfinite,
      isInteger: this.isInteger,
      monotonicity: this.monotonicity(),
      moments: this.moments,
      ends: this.ends.ends(),
      parts: this.parts?.counts(),
      exact: this.sketches === undefined ? this.exactValues() : undefined,
      sketches: this.sketches,
      settings: this.settings,
    };
    return {
      profile: numberProfile(facts),
      missingShares: missing.shares(nRows),
      rowsPerBlock: missing.rowsPerBlock,
      isExact: this.sketches === undefined,
    };
  }

  /** Looks at each value, puts the finite ones past those kept, and says how many they are. */
  private scan(values: Float64Array, hashes: RowHashes): number {
    const { kept, nKept, index } = this;
    const distinct = this.sketches?.distinct;
    const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
    let { nZeros, nNegative, isInteger, last, nUp, nDown, nLevel } = this;
    let n = nKept;
    for (let row = 0; row < values.length; row++) {
      const value = values[row] as number;
      const isPlain = value !== 0 && !Number.isNaN(value); // NaN and 0 may be written in several ways
      const low = isPlain ? (words[2 * row] as number) : 0;
      const high = isPlain ? (words[2 * row + 1] as number) : value === 0 ? 0 : NAN_WORD;
      const first = wordsHash(low, high, FrequentNumbers.seed);
      const second = wordsHash(low, high, SECOND_SEED);
      hashes.add(row, index, first, second);
      if (value < 0) nNegative += 1;
      if (value - value !== 0) {
        this.addOther(value, this.nRows + row);
        continue;
      }
      distinct?.add(first, second);
      kept[n++] = value + 0; // -0 is 0
      if (value === 0) nZeros += 1;
      if (isInteger && Math.floor(value) !== value) isInteger = false;
      if (value > last) nUp += 1;
      else if (value < last) nDown += 1;
      else if (value === last) nLevel += 1;
      last = value;
    }
    Object.assign(this, { nZeros, nNegative, isInteger, last, nUp, nDown, nLevel });
    return n - nKept;
  }

  private addOther(value: number, row: number): void {
    if (Number.isNaN(value)) {
      this.nMissing += 1;
      this.missing.add(row);
    } else this.nInfinite += 1;
  }

  private growKept(nValues: number): void {
    const grown = new Float64Array(Math.max(nValues, 2 * this.nKept));
    grown.set(this.kept.subarray(0, this.nKept));
    this.kept = grown;
  }

  /** Takes in the first values of `kept`, in the order of their size. */
  private addFinite(nValues: number): void {
    const { kept } = this;
    sortNumbers(kept, nValues);
    const from = this.counted === undefined ? 0 : this.count(this.counted, nValues);
    const { sketches } = this;
    if (sketches === undefined) return;
    sketches.quantiles.addSorted(kept, from, nValues);
    sketches.frequent.addSorted(kept, from, nValues);
    sketches.histogram.addSorted(kept, from, nValues);
    this.ends.addSorted(kept, from, nValues);
  }

  /** Counts values until there are too many distinct ones; how many it took. */
  private count(counted: FrequentNumbers, nValues: number): number {
    const { kept } = this;
    for (let start = 0; start < nValues; ) {
      if (counted.isFull) {
        this.openSketches(counted, start, nValues);
        return start;
      }
      const value = kept[start] as number;
      let end = start + 1;
      while (end < nValues && kept[end] === value) end++;
      counted.add(value, numberHash(value, FrequentNumbers.seed), end - start);
      start = end;
    }
    return nValues;
  }

  /** Goes over from values to their counts. */
  private countKept(): void {
    this.counted = new FrequentNumbers(this.settings.counters);
    const nValues = this.nKept;
    this.nKept = 0;
    this.addFinite(nValues);
    this.kept = new Float64Array(0);
  }

  /** Goes over from counts to sketches; of the values at hand, those from `from` on were not counted. */
  private openSketches(counted: FrequentNumbers, from: number, to: number): void {
    const sketches = {
      quantiles: new KllSketch(this.settings.seed + this.index),
      distinct: new HyperLogLog(),
      frequent: new FrequentNumbers(Math.min(this.settings.counters, SKETCH_COUNTERS)),
      histogram: new DoublingHistogram(this.isInteger),
    };
    for (const [value, times] of counted.entries()) {
      const first = numberHash(value, FrequentNumbers.seed);
      sketches.quantiles.addTimes(value, times);
      sketches.distinct.add(first, numberHash(value, SECOND_SEED));
      sketches.frequent.add(value, first, times);
      sketches.histogram.add(value, times);
      this.ends.add(value, times);
    }
    for (const value of this.kept.subarray(from, to)) {
      sketches.distinct.add(numberHash(value, FrequentNumbers.seed), numberHash(value, SECOND_SEED));
    }
    this.sketches = sketches;
    this.counted = undefined;
  }

  private exactValues(): WeightedValues {
    if (this.counted === undefined) {
      sortNumbers(this.kept, this.nKept);
      return { values: this.kept.subarray(0, this.nKept), weights: undefined, total: this.nKept };
    }
    const { values, counts } = this.counted.ascending();
    return { values, weights: counts, total: counts.reduce((sum, count) => sum + count, 0) };
  }

  private monotonicity(): NumberFacts['monotonicity'] {
    const { nUp, nDown, nLevel } = this;
    if (nUp + nDown === 0 || (nUp > 0 && nDown > 0)) return 'none';
    if (nUp > 0) return nLevel === 0 ? 'strictlyIncreasing' : 'increasing';
    return nLevel === 0 ? 'strictlyDecreasing' : 'decreasing';
  }
}
