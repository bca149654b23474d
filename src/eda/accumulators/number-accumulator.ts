// A column of numbers or of instants. Up to `exactRows` its values are kept and sorted at the end; past that its
// distinct values are counted while they are few enough, and where they are not, sketches take over.
import type { ColumnChunk } from '../column-chunk.js';
import { DoublingHistogram } from '../sketches/doubling-histogram.js';
import { FrequentNumbers } from '../sketches/frequent-numbers.js';
import { HyperLogLog } from '../sketches/hyper-log-log.js';
import { KllSketch } from '../sketches/kll-sketch.js';
import { numberHash } from '../sketches/number-hash.js';
import type { WeightedValues } from '../sketches/weighted-values.js';
import { Moments } from '../statistics/moments.js';
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
    if (this.nKept + values.length > this.settings.exactRows) this.countKept();
    for (let row = 0; row < values.length; row++) {
      const value = values[row] as number;
      const first = numberHash(value, FrequentNumbers.seed);
      const second = numberHash(value, SECOND_SEED);
      hashes.add(row, this.index, first, second);
      if (value - value === 0) this.addFinite(value, first, second);
      else this.addOther(value, this.nRows + row);
    }
    this.nRows += values.length;
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

  private addFinite(value: number, first: number, second: number): void {
    if (value === 0) this.nZeros += 1;
    else if (value < 0) this.nNegative += 1;
    if (this.isInteger && Math.floor(value) !== value) this.isInteger = false;
    if (value > this.last) this.nUp += 1;
    else if (value < this.last) this.nDown += 1;
    else if (value === this.last) this.nLevel += 1;
    this.last = value;
    if (this.sketches !== undefined) this.sketch(this.sketches, value, first, second);
    else if (this.counted !== undefined) this.count(this.counted, value, first, second);
    else this.keep(value);
  }

  private addOther(value: number, row: number): void {
    if (Number.isNaN(value)) {
      this.nMissing += 1;
      this.missing.add(row);
    } else {
      this.nInfinite += 1;
      if (value < 0) this.nNegative += 1;
    }
  }

  private keep(value: number): void {
    if (this.nKept === this.kept.length) {
      const grown = new Float64Array(2 * this.nKept);
      grown.set(this.kept);
      this.kept = grown;
    }
    this.kept[this.nKept++] = value + 0; // -0 is 0
  }

  private count(to: FrequentNumbers, value: number, first: number, second: number): void {
    if (to.isFull) this.openSketches(to);
    if (this.sketches !== undefined) this.sketch(this.sketches, value, first, second);
    else to.add(value, first);
  }

  private sketch(to: NumberSketches, value: number, first: number, second: number): void {
    to.quantiles.add(value);
    to.distinct.add(first, second);
    to.frequent.add(value, first);
    to.histogram.add(value);
    this.ends.add(value);
  }

  /** Goes over from values to their counts. */
  private countKept(): void {
    this.counted = new FrequentNumbers(this.settings.counters);
    const kept = this.kept.subarray(0, this.nKept);
    this.kept = new Float64Array(0);
    this.nKept = 0;
    for (const value of kept) {
      const first = numberHash(value, FrequentNumbers.seed);
      if (this.sketches === undefined) this.count(this.counted, value, first, numberHash(value, SECOND_SEED));
      else this.sketch(this.sketches, value, first, numberHash(value, SECOND_SEED));
    }
  }

  /** Goes over from counts to sketches. */
  private openSketches(counted: FrequentNumbers): void {
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
    this.sketches = sketches;
    this.counted = undefined;
  }

  private exactValues(): WeightedValues {
    if (this.counted === undefined) {
      const values = this.kept.subarray(0, this.nKept).sort();
      return { values, weights: undefined, total: values.length };
    }
    const entries = [...this.counted.entries()].sort((a, b) => a[0] - b[0]);
    const weights = Float64Array.from(entries, ([, count]) => count);
    return {
      values: Float64Array.from(entries, ([value]) => value),
      weights,
      total: weights.reduce((sum, weight) => sum + weight, 0),
    };
  }

  private monotonicity(): NumberFacts['monotonicity'] {
    const { nUp, nDown, nLevel } = this;
    if (nUp + nDown === 0 || (nUp > 0 && nDown > 0)) return 'none';
    if (nUp > 0) return nLevel === 0 ? 'strictlyIncreasing' : 'increasing';
    return nLevel === 0 ? 'strictlyDecreasing' : 'decreasing';
  }
}
