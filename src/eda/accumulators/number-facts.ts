// What is counted of a column of numbers or instants while it is read.
import type { NumericStatistics } from '../column-profile-types.js';
import type { DoublingHistogram } from '../sketches/doubling-histogram.js';
import type { FrequentNumbers } from '../sketches/frequent-numbers.js';
import type { HyperLogLog } from '../sketches/hyper-log-log.js';
import type { KllSketch } from '../sketches/kll-sketch.js';
import type { WeightedValues } from '../sketches/weighted-values.js';
import type { Moments } from '../statistics/moments.js';
import type { AccumulatorSettings } from './accumulator-settings.js';
import type { DatePartCounts } from './date-parts.js';
import type { Ends } from './end-values.js';

/** What takes the values of a long column. */
export interface NumberSketches {
  readonly quantiles: KllSketch;
  readonly distinct: HyperLogLog;
  readonly frequent: FrequentNumbers;
  readonly histogram: DoublingHistogram;
}

/** What was counted. */
export interface NumberFacts {
  readonly kind: 'number' | 'datetime';
  readonly nRows: number;
  readonly nMissing: number;
  readonly nZeros: number;
  readonly nNegative: number;
  readonly nInfinite: number;
  readonly isInteger: boolean;
  readonly monotonicity: NumericStatistics['monotonicity'];
  readonly moments: Moments;
  readonly ends: Ends;
  readonly parts: DatePartCounts | undefined;
  /** All finite values; undefined where there are sketches. */
  readonly exact: WeightedValues | undefined;
  readonly sketches: NumberSketches | undefined;
  readonly settings: AccumulatorSettings;
}
