// The k-sample test of Anderson and Darling for two samples, with mid-ranks for ties (Scholz and Stephens, "K-sample Anderson-Darling
// tests", 1987, equation 7); p by the quadratic through their table, in [0.001, 0.25], as scipy's anderson_ksamp gives it.
import type { SampleCounts } from './paired-counts.js';
import type { TestResult } from './test-result.js';

/** Their table 2: b0 + b1 + b2 is the critical value for two samples at a level. */
const B0 = [0.675, 1.281, 1.645, 1.96, 2.326, 2.573, 3.085];
const B1 = [-0.245, 0.25, 0.678, 1.149, 1.822, 2.364, 3.615];
const B2 = [-0.105, -0.305, -0.362, -0.391, -0.396, -0.345, -0.154];
const CRITICAL = B0.map((b0, i) => b0 + (B1[i] as number) + (B2[i] as number));
const LEVELS = [0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001];
const LOG_LEVEL = quadraticThrough(CRITICAL, LEVELS.map(Math.log));

/** The standardised statistic and its p; NaN and 1 where all values are equal or fewer than four. */
export function andersonDarling(counts: SampleCounts): TestResult {
  const total = counts.nReference + counts.nCurrent;
  if (counts.reference.length < 2 || total < 4) return { statistic: Number.NaN, pValue: 1 };
  const statistic = (rankStatistic(counts) - 1) / Math.sqrt(varianceOf(counts));
  return { statistic, pValue: pValueOf(statistic) };
}

function rankStatistic({ reference, current, nReference, nCurrent }: SampleCounts): number {
  const total = nReference + nCurrent;
  let below = 0;
  let belowReference = 0;
  let belowCurrent = 0;
  let sum = 0;
  for (let i = 0; i < reference.length; i++) {
    const a = reference[i] as number;
    const b = current[i] as number;
    const ties = a + b;
    const middle = below + ties / 2;
    const weight = ties / total / (middle * (total - middle) - (total * ties) / 4);
    const first = (total * (belowReference + a / 2) - middle * nReference) ** 2 / nReference;
    const second = (total * (belowCurrent + b / 2) - middle * nCurrent) ** 2 / nCurrent;
    sum += weight * (first + second);
    below += ties;
    belowReference += a;
    belowCurrent += b;
  }
  return (sum * (total - 1)) / total;
}

/** Of the statistic under one population; equation 4 for k = 2. */
function varianceOf({ nReference, nCurrent }: SampleCounts): number {
  const n = nReference + nCurrent;
  const inverse = 1 / nReference + 1 / nCurrent;
  let h = 0;
  let g = 0;
  for (let i = 1; i <= n - 2; i++) {
    h += 1 / (n - i);
    g += h / (i + 1);
  }
  h += 1;
  const a = 4 * g - 6 + (10 - 6 * g) * inverse;
  const b = (2 * g - 4) * 4 + 16 * h + (2 * g - 14 * h - 4) * inverse - 8 * h + 4 * g - 6;
  const c = (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * inverse + 4 * h;
  const d = (2 * h + 6) * 4 - 8 * h;
  return (a * n ** 3 + b * n ** 2 + c * n + d) / ((n - 1) * (n - 2) * (n - 3));
}

function pValueOf(statistic: number): number {
  if (statistic < (CRITICAL[0] as number)) return 0.25;
  if (statistic > (CRITICAL[CRITICAL.length - 1] as number)) return 0.001;
  return Math.exp(LOG_LEVEL(statistic));
}

/** The least-squares quadratic, over polynomials that are orthogonal on the points. */
function quadraticThrough(x: readonly number[], y: readonly number[]): (at: number) => number {
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
  const ones = x.map(() => 1);
  const mean = dot(x, ones) / x.length;
  const linear = x.map((value) => value - mean);
  const slope =
    dot(
      linear,
      linear.map((value) => value * value),
    ) / dot(linear, linear);
  const level = dot(linear, linear) / x.length;
  const square = linear.map((value) => value * value - slope * value - level);
  const [c0, c1, c2] = [ones, linear, square].map((basis) => dot(basis, y) / dot(basis, basis)) as [
    number,
    number,
    number,
  ];
  return (at) => c0 + c1 * (at - mean) + c2 * ((at - mean) ** 2 - slope * (at - mean) - level);
}
