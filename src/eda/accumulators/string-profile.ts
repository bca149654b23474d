// What is said of a column of strings, from what was counted while it was read.
import type {
  CategoryVariants,
  ColumnProfile,
  Distinct,
  Histogram,
  MixedTypes,
  TopValues,
} from '../column-profile-types.js';
import { shareOf } from '../share-of.js';
import { HYPER_LOG_LOG_ERROR } from '../sketches/hyper-log-log.js';
import { LargestCounts } from '../statistics/largest-counts.js';
import { joinedBins } from '../statistics/value-histogram.js';
import { booleanStatistics } from './boolean-statistics.js';
import { categoryVariants } from './category-variants.js';
import { lookAlikes } from './look-alikes.js';
import { balanceOf } from './number-profile.js';
import type { StringFacts } from './string-facts.js';
import { textStatistics } from './text-statistics.js';

/** A string column with at most so many distinct values, on less than half as many rows, is categorical. */
const MAX_CATEGORIES = 50;
const MAX_CATEGORY_SHARE = 0.5;
/** Pairs that mean yes and no. */
const BOOLEAN_PAIRS: ReadonlySet<string> = new Set(['false true', 'f t', 'no yes', 'n y', 'off on', '0 1']);
/** Variants are looked for among at most so many distinct strings. */
const MAX_VARIANT_VALUES = 20_000;
const MAX_VALUE_LENGTH = 200;

/** The column's part of the profile. */
export function stringProfile(facts: StringFacts): Omit<ColumnProfile, 'name' | 'index'> {
  const { nRows, nPresent, frequent, settings } = facts;
  const distinct = distinctOf(facts);
  const type = typeOf(facts, distinct);
  const base = {
    type,
    storage: 'string',
    count: nPresent,
    missing: shareOf(nRows - nPresent, nRows),
    distinct,
    memoryBytes: memoryOf(facts, distinct),
  } as const;
  if (nPresent === 0) return base;
  const variants = variantsOf(facts);
  const mixed = mixedOf(facts);
  const boolean = type === 'boolean' ? { boolean: booleanStatistics([...frequent.counts]) } : {};
  return {
    ...base,
    top: topOf(facts, distinct),
    text: textStatistics(facts),
    ...(type === 'text' ? { histogram: lengthHistogram(facts, settings.bins) } : {}),
    ...boolean,
    ...(variants === undefined ? {} : { variants }),
    ...(mixed === undefined ? {} : { mixed }),
  };
}

function distinctOf({ nPresent, frequent, distinct }: StringFacts): Distinct {
  if (frequent.maxError > 0 && distinct !== undefined) {
    const count = Math.min(nPresent, Math.round(distinct.estimate()));
    return { ...shareOf(count, nPresent), unique: null, isExact: false, relativeError: HYPER_LOG_LOG_ERROR };
  }
  let unique = 0;
  for (const count of frequent.counts.values()) if (count === 1) unique += 1;
  return { ...shareOf(frequent.counts.size, nPresent), unique, isExact: true, relativeError: 0 };
}

function typeOf({ nPresent, frequent }: StringFacts, { count, share, isExact }: Distinct): ColumnProfile['type'] {
  if (nPresent === 0) return 'empty';
  if (count === 1 && isExact) return 'constant';
  if (count === 2 && isExact) {
    const pair = [...frequent.counts.keys()].map((value) => value.toLowerCase()).sort();
    if (BOOLEAN_PAIRS.has(pair.join(' '))) return 'boolean';
  }
  return count <= MAX_CATEGORIES && share < MAX_CATEGORY_SHARE ? 'categorical' : 'text';
}

/** Codes of four bytes, and the distinct strings in code units, where they are of mean length. */
function memoryOf({ nRows, nPresent, lengths }: StringFacts, { count }: Distinct): number {
  const meanLength = nPresent === 0 ? 0 : lengths.sum / nPresent;
  return Math.round(4 * nRows + count * (meanLength + 16));
}

function topOf({ nRows, nPresent, frequent, settings }: StringFacts, distinct: Distinct): TopValues {
  const top = new LargestCounts<string>(settings.topValues);
  let logs = 0;
  for (const [value, count] of frequent.counts) {
    top.add(value, count);
    logs += count * Math.log2(count);
  }
  const values = top.entries();
  const shown = values.reduce((sum, [, count]) => sum + count, 0);
  return {
    values: values.map(([value, count]) => ({ value: value.slice(0, MAX_VALUE_LENGTH), ...shareOf(count, nRows) })),
    other: shareOf(nPresent - shown, nRows),
    isExact: frequent.maxError === 0,
    maxError: frequent.maxError,
    balance: frequent.maxError === 0 ? balanceOf(logs, nPresent, distinct.count) : null,
  };
}

function lengthHistogram({ lengths }: StringFacts, bins: number): Histogram {
  const { edges, counts } = joinedBins(lengths.histogram, bins);
  return { of: 'length', edges: edges.map((edge) => edge - 0.5), counts, spike: null, isInteger: true };
}

function variantsOf({ nRows, frequent, settings }: StringFacts): CategoryVariants | undefined {
  if (settings.isMinimal || frequent.counts.size > MAX_VARIANT_VALUES) return undefined;
  return categoryVariants(frequent.counts, nRows, settings.topValues);
}

/** Of a text that is numbers, dates or booleans in part. */
function mixedOf({ nPresent, frequent, sample }: StringFacts): MixedTypes | undefined {
  const isWhole = frequent.counts.size <= MAX_VARIANT_VALUES && frequent.maxError === 0;
  const found = isWhole
    ? lookAlikes(frequent.counts)
    : lookAlikes(sample.slice(0, MAX_VARIANT_VALUES).map((text) => [text, 1]));
  const total = isWhole ? nPresent : Math.min(sample.length, MAX_VARIANT_VALUES);
  const mixed = {
    number: shareOf(found.number, total),
    date: shareOf(found.date, total),
    boolean: shareOf(found.boolean, total),
    text: shareOf(found.text, total),
  };
  return found.text < total ? mixed : undefined;
}
