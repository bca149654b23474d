import { chiSquaredTail } from '../distributions/chi-squared-tail.js';
import type { TestResult } from './test-result.js';

/**
 * Pearson's chi-squared test that counts follow the reference: expected is the reference scaled to the current total, as Evidently has
 * it. A category that the reference never had makes the statistic infinite and p 0.
 * @param reference counts by category [n]; categories that neither has must be left out
 * @param current counts by category [n]
 */
export function chiSquared(reference: ArrayLike<number>, current: ArrayLike<number>): TestResult {
  const scale = total(current) / total(reference);
  let statistic = 0;
  for (let i = 0; i < reference.length; i++) {
    const expected = (reference[i] as number) * scale;
    statistic += ((current[i] as number) - expected) ** 2 / expected;
  }
  return { statistic, pValue: Number.isFinite(statistic) ? chiSquaredTail(statistic, reference.length - 1) : 0 };
}

function total(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i] as number;
  return sum;
}
