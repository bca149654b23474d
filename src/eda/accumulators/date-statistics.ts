// What is said of a column of instants.
import type { DateStatistics } from '../column-profile-types.js';
import type { WeightedValues } from '../sketches/weighted-values.js';
import { LargestCounts } from '../statistics/largest-counts.js';
import { valueAt } from '../statistics/value-quantiles.js';
import type { NumberFacts } from './number-facts.js';

/** A step so many times the usual one is a gap. */
const GAP_FACTOR = 2;

/** Statistics of the instants. */
export function dateStatistics(facts: NumberFacts, ordered: WeightedValues): DateStatistics {
  const { parts, exact, ends, monotonicity } = facts;
  const sorted = exact?.values;
  const low = sorted?.[0] ?? (ends.smallest[0]?.[0] as number);
  const high = sorted?.[sorted.length - 1] ?? (ends.largest[0]?.[0] as number);
  const zeros = (n: number): readonly number[] => new Array(n).fill(0);
  return {
    minimum: isoText(low),
    maximum: isoText(high),
    medianText: isoText(valueAt(ordered, 0.5)),
    rangeMs: high - low,
    isDateOnly: parts?.isDateOnly ?? false,
    isSorted: monotonicity !== 'none',
    ...stepsOf(sorted),
    byHour: parts?.byHour ?? zeros(24),
    byWeekday: parts?.byWeekday ?? zeros(7),
    byMonth: parts?.byMonth ?? zeros(12),
    suspicious: parts?.suspicious ?? { future: 0, before1900: 0, epoch: 0, placeholder: 0 },
  };
}

/** An instant in ISO form; null past what a Date holds. */
function isoText(ms: number): string | null {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function stepsOf(sorted: Float64Array | undefined): Pick<DateStatistics, 'stepMs' | 'nGaps' | 'largestGapMs'> {
  const steps = sorted === undefined ? new Float64Array(0) : stepsBetween(sorted);
  if (steps.length === 0) return { stepMs: null, nGaps: null, largestGapMs: null };
  steps.sort();
  const usual = new LargestCounts<number>(1);
  for (let start = 0; start < steps.length; ) {
    let end = start + 1;
    while (steps[end] === steps[start]) end++;
    usual.add(steps[start] as number, end - start);
    start = end;
  }
  const stepMs = (usual.entries()[0] as [number, number])[0];
  return {
    stepMs,
    nGaps: steps.filter((step) => step > GAP_FACTOR * stepMs).length,
    largestGapMs: steps[steps.length - 1] as number,
  };
}

function stepsBetween(sorted: Float64Array): Float64Array {
  const steps = new Float64Array(sorted.length);
  let n = 0;
  for (let i = 1; i < sorted.length; i++) {
    const step = (sorted[i] as number) - (sorted[i - 1] as number);
    if (step > 0) steps[n++] = step;
  }
  return steps.subarray(0, n);
}
