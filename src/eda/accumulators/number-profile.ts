// What is said of a column of numbers or instants, from what was counted while it was read.
import { DAY_MS } from '../../core/day-ms.js';
import { chiSquaredTail } from '../../drift/distributions/chi-squared-tail.js';
import type {
  ColumnProfile,
  Distinct,
  Histogram,
  NumericStatistics,
  Quantiles,
  TopValues,
} from '../column-profile-types.js';
import { finite } from '../finite.js';
import { shareOf } from '../share-of.js';
import { HYPER_LOG_LOG_ERROR } from '../sketches/hyper-log-log.js';
import { KLL_RANK_ERROR } from '../sketches/kll-sketch.js';
import type { WeightedValues } from '../sketches/weighted-values.js';
import { LargestCounts } from '../statistics/largest-counts.js';
import type { Moments } from '../statistics/moments.js';
import { type NumberCount, sortedRuns } from '../statistics/sorted-runs.js';
import { countsBetween, equalEdges, joinedBins } from '../statistics/value-histogram.js';
import { countBelow, medianDeviation, valueAt } from '../statistics/value-quantiles.js';
import { booleanStatistics } from './boolean-statistics.js';
import { dateStatistics } from './date-statistics.js';
import type { Ends } from './end-values.js';
import type { NumberFacts } from './number-facts.js';

/** Values and how often they occur. */
interface Counted {
  readonly distinct: Distinct;
  readonly top: readonly NumberCount[];
  readonly topError: number;
  readonly ends: Ends;
  readonly countLogs: number | null;
}

/** A numeric column with so few distinct values is shown as categories. */
const MAX_CATEGORIES = 5;
/** A value with over half of the rows is drawn apart where there are more distinct ones than this. */
const MIN_DISTINCT_FOR_SPIKE = 20;

/** The column's part of the profile. */
export function numberProfile(facts: NumberFacts): ReturnType<typeof columnOf> {
  return columnOf(facts, countedValues(facts), orderedValues(facts));
}

function columnOf(
  facts: NumberFacts,
  counted: Counted,
  ordered: WeightedValues,
): Omit<ColumnProfile, 'name' | 'index'> {
  const { kind, nRows, nMissing } = facts;
  const count = nRows - nMissing;
  const type = typeOf(facts, counted);
  const histogram = ordered.total === 0 ? undefined : histogramOf(facts, counted, ordered);
  const base = {
    type,
    storage: kind,
    count,
    missing: shareOf(nMissing, nRows),
    distinct: counted.distinct,
    memoryBytes: 8 * nRows,
    ...(count === 0 ? {} : { top: topOf(facts, counted) }),
    ...(histogram === undefined ? {} : { histogram }),
  } as const;
  if (kind === 'datetime') return count === 0 ? base : { ...base, dates: dateStatistics(facts, ordered) };
  if (type === 'boolean') return { ...base, boolean: booleanStatistics(counted.top) };
  return count === 0 ? base : { ...base, numeric: numericOf(facts, counted, ordered, histogram) };
}

function typeOf({ kind, nRows, nMissing, nInfinite }: NumberFacts, { distinct, ends }: Counted): ColumnProfile['type'] {
  if (nRows === nMissing) return 'empty';
  if (distinct.count === 1) return 'constant';
  if (kind === 'datetime') return 'datetime';
  const isZeroOne = ends.smallest[0]?.[0] === 0 && ends.largest[0]?.[0] === 1;
  if (distinct.count === 2 && isZeroOne && nInfinite === 0) return 'boolean';
  return distinct.count <= MAX_CATEGORIES ? 'categorical' : 'numeric';
}

function orderedValues({ exact, sketches }: NumberFacts): WeightedValues {
  return exact ?? sketches?.quantiles.weighted() ?? { values: new Float64Array(0), weights: undefined, total: 0 };
}

/** Infinite values are counted as one or two more distinct ones. */
function countedValues(facts: NumberFacts): Counted {
  const { exact, sketches, settings, nRows, nMissing } = facts;
  const present = nRows - nMissing;
  if (sketches === undefined) {
    const runs = sortedRuns(exact ?? orderedValues(facts), settings.topValues, Math.max(1, settings.extremeValues));
    const count = runs.nDistinct + Math.min(1, facts.nInfinite);
    const distinct = { ...shareOf(count, present), unique: runs.nUnique, isExact: true, relativeError: 0 };
    return { distinct, top: runs.top, topError: 0, ends: runs, countLogs: runs.countLogs };
  }
  const { frequent, distinct } = sketches;
  const isExact = frequent.maxError === 0;
  const top = new LargestCounts<number>(settings.topValues);
  let unique = 0;
  let countLogs = 0;
  const { values, counts } = frequent.ascending();
  for (const [i, count] of counts.entries()) {
    top.add(values[i] as number, count);
    countLogs += count * Math.log2(count);
    if (count === 1) unique += 1;
  }
  const nDistinct = isExact ? frequent.size : Math.min(present, Math.round(distinct.estimate()));
  const count = nDistinct + Math.min(1, facts.nInfinite);
  const relativeError = isExact ? 0 : HYPER_LOG_LOG_ERROR;
  // Of values that only go up, or only down, none occurs twice.
  const isStrict = facts.monotonicity.startsWith('strictly') && facts.nInfinite === 0;
  const counted = isStrict
    ? { ...shareOf(present, present), unique: present, isExact: true, relativeError: 0 }
    : { ...shareOf(count, present), unique: isExact ? unique : null, isExact, relativeError };
  return {
    distinct: counted,
    top: top.entries(),
    topError: frequent.maxError,
    ends: facts.ends,
    countLogs: isExact ? countLogs : null,
  };
}

function topOf({ kind, nRows, nMissing }: NumberFacts, { distinct, top, topError, countLogs }: Counted): TopValues {
  const present = nRows - nMissing;
  const shown = top.reduce((sum, [, count]) => sum + count, 0);
  return {
    values: top.map(([value, count]) => ({
      value: kind === 'datetime' ? new Date(value).toISOString() : value,
      ...shareOf(count, nRows),
    })),
    other: shareOf(present - shown, nRows),
    isExact: topError === 0,
    maxError: topError,
    balance: countLogs === null ? null : balanceOf(countLogs, present, distinct.count),
  };
}

/** Entropy over its largest value, from the sum of count * log2(count). */
export function balanceOf(countLogs: number, total: number, nDistinct: number): number | null {
  if (nDistinct < 2 || total === 0) return null;
  return (Math.log2(total) - countLogs / total) / Math.log2(nDistinct);
}

function histogramOf(facts: NumberFacts, counted: Counted, ordered: WeightedValues): Histogram {
  const { kind, parts, sketches, settings } = facts;
  const spike = spikeOf(counted, ordered.total);
  const unit =
    kind === 'datetime' ? (parts?.isDateOnly === true ? DAY_MS : undefined) : facts.isInteger ? 1 : undefined;
  const isInteger = kind === 'number' && unit === 1;
  const of = kind === 'datetime' ? 'epochMs' : 'value';
  if (sketches !== undefined) {
    const bins = joinedBins(sketches.histogram, settings.bins, spike);
    // Bins of a sketch hold [i, i + width): for integers the edge lies a half below.
    const edges = isInteger ? bins.edges.map((edge) => edge - 0.5) : bins.edges;
    return { of, edges, counts: bins.counts, spike: spike ?? null, isInteger };
  }
  const [low, high] = rangeWithout(ordered.values, spike?.value);
  const offset = isInteger ? 0.5 : 0;
  const edges = equalEdges({ low, high, bins: settings.bins, unit: high - low < 2 ** 53 ? unit : undefined, offset });
  return { of, edges, counts: countsBetween(ordered, edges, spike), spike: spike ?? null, isInteger };
}

function spikeOf({ top, distinct }: Counted, total: number): { value: number; count: number } | undefined {
  const [value, count] = top[0] ?? [0, 0];
  return count > total / 2 && distinct.count > MIN_DISTINCT_FOR_SPIKE ? { value, count } : undefined;
}

/** Smallest and largest of sorted values but one. */
function rangeWithout(sorted: Float64Array, left: number | undefined): [number, number] {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high && sorted[low] === left) low++;
  while (high > low && sorted[high] === left) high--;
  return [sorted[low] as number, sorted[high] as number];
}

function numericOf(
  facts: NumberFacts,
  counted: Counted,
  ordered: WeightedValues,
  histogram: Histogram | undefined,
): NumericStatistics {
  const { nRows, settings } = facts;
  const listed = (ends: readonly NumberCount[]) =>
    ends.slice(0, settings.extremeValues).map(([value, count]) => ({ value, ...shareOf(count, nRows) }));
  const quantiles = ordered.total === 0 ? null : quantilesOf(ordered, facts.sketches === undefined);
  const minimum = counted.ends.smallest[0]?.[0] ?? ordered.values[0] ?? Number.NaN;
  const maximum = counted.ends.largest[0]?.[0] ?? ordered.values[ordered.values.length - 1] ?? Number.NaN;
  return {
    isInteger: facts.isInteger,
    zeros: shareOf(facts.nZeros, nRows),
    negative: shareOf(facts.nNegative, nRows),
    infinite: shareOf(facts.nInfinite, nRows),
    ...momentStatistics(facts.moments),
    minimum: finite(minimum),
    maximum: finite(maximum),
    range: finite(maximum - minimum),
    quantiles,
    iqr: quantiles && finite(quantiles.q75 - quantiles.q25),
    mad: ordered.total === 0 ? null : finite(medianDeviation(ordered)),
    monotonicity: facts.monotonicity,
    outliers: quantiles && outliersOf(ordered, quantiles),
    uniformity: histogram === undefined ? null : uniformityOf(histogram.counts),
    smallest: listed(counted.ends.smallest),
    largest: listed(counted.ends.largest),
  };
}

function momentStatistics({
  count: n,
  mean,
  m2,
  m3,
  m4,
  sum,
}: Moments): Pick<NumericStatistics, 'mean' | 'std' | 'variance' | 'cv' | 'skewness' | 'kurtosis' | 'sum'> {
  const variance = n < 2 ? Number.NaN : m2 / (n - 1);
  const spread = m2 / n;
  // Of values that differ by their rounding alone, pandas too says 0.
  const isFlat = m2 <= n * (1e-14 * mean) ** 2;
  const skewness = isFlat ? 0 : (m3 / n / spread ** 1.5) * (Math.sqrt(n * (n - 1)) / (n - 2));
  const excess = m4 / n / (spread * spread) - 3;
  const kurtosis = isFlat ? 0 : ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * excess + 6);
  return {
    mean: n === 0 ? null : finite(mean),
    std: finite(Math.sqrt(variance)),
    variance: finite(variance),
    cv: finite(Math.sqrt(variance) / mean),
    skewness: n < 3 ? null : finite(skewness),
    kurtosis: n < 4 ? null : finite(kurtosis),
    sum: finite(sum),
  };
}

function quantilesOf(ordered: WeightedValues, isExact: boolean): Quantiles {
  const at = (share: number) => valueAt(ordered, share);
  return {
    q01: at(0.01),
    q05: at(0.05),
    q25: at(0.25),
    q50: at(0.5),
    q75: at(0.75),
    q95: at(0.95),
    q99: at(0.99),
    isExact,
    rankError: isExact ? 0 : KLL_RANK_ERROR,
  };
}

function outliersOf(ordered: WeightedValues, { q25, q75 }: Quantiles): NumericStatistics['outliers'] {
  const iqr = q75 - q25;
  const beyond = (fences: number) =>
    countBelow(ordered, q25 - fences * iqr) + ordered.total - countBelow(ordered, q75 + fences * iqr, true);
  return { far: shareOf(beyond(1.5), ordered.total), extreme: shareOf(beyond(3), ordered.total) };
}

/** Pearson's test of equal counts. */
function uniformityOf(counts: readonly number[]): NumericStatistics['uniformity'] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (counts.length < 2 || total === 0) return null;
  const expected = total / counts.length;
  const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return { statistic, p: chiSquaredTail(statistic, counts.length - 1) };
}
