// What is counted of a column of strings while it is read.
import type { FrequentStrings } from '../sketches/frequent-strings.js';
import type { HyperLogLog } from '../sketches/hyper-log-log.js';
import type { AccumulatorSettings } from './accumulator-settings.js';
import type { LengthCounts } from './length-counts.js';

/** What was counted. */
export interface StringFacts {
  readonly nRows: number;
  readonly nPresent: number;
  readonly frequent: FrequentStrings;
  readonly lengths: LengthCounts;
  /** There once the counters ran out. */
  readonly distinct: HyperLogLog | undefined;
  /** Strings of a seeded sample of rows. */
  readonly sample: readonly string[];
  readonly settings: AccumulatorSettings;
}
