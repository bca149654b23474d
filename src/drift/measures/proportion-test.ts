import { chiSquaredTail } from '../distributions/chi-squared-tail.js';
import type { TestResult } from './test-result.js';

/** A number of each sample. */
interface OfBoth {
  readonly reference: number;
  readonly current: number;
}

/**
 * The two-sided Z test that two proportions are equal, with the pooled variance, as Evidently has it for two values.
 * @param hits rows with the property
 * @param sizes all rows, at least 1 each
 */
export function proportionTest(hits: OfBoth, sizes: OfBoth): TestResult {
  const pooled = (hits.reference + hits.current) / (sizes.reference + sizes.current);
  if (pooled === 0 || pooled === 1) return { statistic: 0, pValue: 1 };
  const difference = hits.reference / sizes.reference - hits.current / sizes.current;
  const statistic = difference / Math.sqrt(pooled * (1 - pooled) * (1 / sizes.reference + 1 / sizes.current));
  // The square of a normal number has the chi-squared distribution of one degree.
  return { statistic, pValue: chiSquaredTail(statistic ** 2, 1) };
}
