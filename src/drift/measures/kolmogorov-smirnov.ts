// The two-sided two-sample test of Kolmogorov and Smirnov, exact or asymptotic by size as scipy's ks_2samp decides it.
import { kolmogorovTail } from '../distributions/kolmogorov-tail.js';
import { twoSamplePaths } from '../distributions/two-sample-paths.js';
import type { SampleCounts } from './paired-counts.js';
import type { TestResult } from './test-result.js';

/** Samples of at most so many values are tested exactly. */
const MAX_EXACT = 10_000;

/** The largest distance between the two empirical distributions, in [0, 1]. */
export function kolmogorovSmirnovDistance({ reference, current, nReference, nCurrent }: SampleCounts): number {
  let a = 0;
  let b = 0;
  let distance = 0;
  for (let i = 0; i < reference.length; i++) {
    a += reference[i] as number;
    b += current[i] as number;
    const found = Math.abs(a / nReference - b / nCurrent);
    if (found > distance) distance = found;
  }
  return distance;
}

/** The test; neither sample may be empty. @param method decided by the sizes where absent */
export function kolmogorovSmirnov(counts: SampleCounts, method?: 'exact' | 'asymptotic'): TestResult {
  const { nReference, nCurrent } = counts;
  const statistic = kolmogorovSmirnovDistance(counts);
  if ((method ?? (Math.max(nReference, nCurrent) <= MAX_EXACT ? 'exact' : 'asymptotic')) === 'exact')
    return { statistic, pValue: twoSamplePaths(nReference, nCurrent, statistic) };
  const n = roundHalfEven((nReference * nCurrent) / (nReference + nCurrent));
  return { statistic, pValue: kolmogorovTail(n, statistic) };
}

/** As numpy rounds: half to even. */
function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
