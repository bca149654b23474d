/** What a test found. */
export interface TestResult {
  readonly statistic: number;
  /** In [0, 1]. */
  readonly pValue: number;
}
