import type { ColumnPlan } from './column-plan.js';

/** What to bin and how. Offsets are bytes. */
export interface BinRequest {
  readonly feature: number;
  readonly kind: ColumnPlan['kind'];
  /** f64 [nAllRows], f32 where `isSingle`: raw values, or level positions. Overwritten where the kind is statistic. */
  readonly values: number;
  /** Whether the values are in single precision; of numeric columns only. */
  readonly isSingle: boolean;
  readonly nRows: number;
  readonly nAllRows: number;
  /** This thread's scratch; see the memory layout. */
  readonly scratch: number;
  /** u8 [nAllRows] of bins, written. */
  readonly out: number;
  readonly nLevels: number;
  readonly maxBin: number;
  readonly minDataInBin: number;
  readonly sampleRows: number;
  readonly seed: number;
  /** f64 [nRows] the statistics are of, where the kind is statistic. */
  readonly target: number;
  /** Where set, the statistic is of "target equals this class". */
  readonly targetClass: number | undefined;
  /** Where set, the only level with a bin of its own. */
  readonly onlyLevel: number | undefined;
}
