// The two-sample test of Cramér and von Mises with mid-ranks for ties (Anderson, "On the distribution of the two-sample Cramér-von Mises
// criterion", 1962), exact or asymptotic by size as scipy's cramervonmises_2samp decides it.
import { cramerVonMisesPaths } from '../distributions/cramer-von-mises-paths.js';
import { cramerVonMisesTail } from '../distributions/cramer-von-mises-tail.js';
import type { SampleCounts } from './paired-counts.js';
import type { TestResult } from './test-result.js';

/** Samples of at most so many values are tested exactly. */
const MAX_EXACT = 20;

/** The test; each sample must have two values or more. */
export function cramerVonMises({ reference, current, nReference: m, nCurrent: n }: SampleCounts): TestResult {
  const u = m * rankDistances(reference, current) + n * rankDistances(current, reference);
  const total = m + n;
  const product = m * n;
  const statistic = u / (product * total) - (4 * product - 1) / (6 * total);
  if (Math.max(m, n) <= MAX_EXACT) return { statistic, pValue: cramerVonMisesPaths(u, m, n) };
  const mean = (1 + 1 / total) / 6;
  const variance =
    ((total + 1) * (4 * product * total - 3 * (m ** 2 + n ** 2) - 2 * product)) / (45 * total ** 2 * 4 * product);
  return { statistic, pValue: cramerVonMisesTail(1 / 6 + (statistic - mean) / Math.sqrt(45 * variance)) };
}

/** Sum over a sample of the squared distance between its ranks among both and among its own. */
function rankDistances(own: Float64Array, other: Float64Array): number {
  let others = 0;
  let sum = 0;
  for (let i = 0; i < own.length; i++) {
    const count = own[i] as number;
    const ties = other[i] as number;
    // Mid-rank less the mean of the own ranks, and how these spread around their mean.
    sum += count * (others + ties / 2) ** 2 + (count * (count * count - 1)) / 12;
    others += ties;
  }
  return sum;
}
