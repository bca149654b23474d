/** What the accumulators of one profile share; plain data. */
export interface AccumulatorSettings {
  readonly exactRows: number;
  readonly sampleRows: number;
  readonly seed: number;
  readonly isMinimal: boolean;
  readonly bins: number;
  readonly topValues: number;
  readonly extremeValues: number;
  /** Most counters of a sketch of frequent numbers, a power of two. */
  readonly counters: number;
  /** When the profile is made, in epoch milliseconds: later dates are suspicious. */
  readonly nowMs: number;
}
