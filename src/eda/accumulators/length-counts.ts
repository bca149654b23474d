import type { DoublingHistogram } from '../sketches/doubling-histogram.js';

/** What is counted of the lengths of strings, in characters. */
export interface LengthCounts {
  min: number;
  max: number;
  sum: number;
  nEmpty: number;
  nPadded: number;
  readonly histogram: DoublingHistogram;
}
