// Every step with its options table, rows on which each option matters, and a value that must change what comes out.
import type { OptionsTable } from '../../src/core/options-table.js';
import type { Transformer } from '../../src/core/transformer.js';
import { makeTable } from '../../src/table/make-table.js';
import { bin, binOptions } from '../../src/transforms/bin.js';
import { clip, clipOptions } from '../../src/transforms/clip.js';
import { cyclical, cyclicalOptions } from '../../src/transforms/cyclical.js';
import { dateParts, datePartsOptions } from '../../src/transforms/date-parts.js';
import { frequencyEncode, frequencyEncodeOptions } from '../../src/transforms/frequency-encode.js';
import { hashTokens, hashTokensOptions } from '../../src/transforms/hash-tokens.js';
import { hashingEncode, hashingEncodeOptions } from '../../src/transforms/hashing-encode.js';
import { impute, imputeOptions } from '../../src/transforms/impute.js';
import { interactions, interactionsOptions } from '../../src/transforms/interactions.js';
import { logTransform, logTransformOptions } from '../../src/transforms/log-transform.js';
import { minMaxScale, minMaxScaleOptions } from '../../src/transforms/min-max-scale.js';
import { missingIndicator, missingIndicatorOptions } from '../../src/transforms/missing-indicator.js';
import { oneHot, oneHotOptions } from '../../src/transforms/one-hot.js';
import { ordinal, ordinalOptions } from '../../src/transforms/ordinal.js';
import { powerTransform, powerTransformOptions } from '../../src/transforms/power-transform.js';
import { quantileTransform, quantileTransformOptions } from '../../src/transforms/quantile-transform.js';
import { rareCategories, rareCategoriesOptions } from '../../src/transforms/rare-categories.js';
import { ratio, ratioOptions } from '../../src/transforms/ratio.js';
import { recency, recencyOptions } from '../../src/transforms/recency.js';
import { robustScale, robustScaleOptions } from '../../src/transforms/robust-scale.js';
import { standardScale, standardScaleOptions } from '../../src/transforms/standard-scale.js';
import { targetEncode, targetEncodeOptions } from '../../src/transforms/target-encode.js';
import { textLength, textLengthOptions } from '../../src/transforms/text-length.js';
import { winsorise, winsoriseOptions } from '../../src/transforms/winsorise.js';
import { dates, numbers, strings } from './mixed-rows.js';

export const training = makeTable([
  ['amount', numbers([1, 2, 2.5, 4, 9, null, 30, 200])],
  ['size', numbers([3, 0, 1, 5, 2, 8, 4, 1])],
  ['word', strings(['b', 'a', 'b', null, 'a', 'b', 'c', 'a'])],
  ['empty', numbers(new Array(8).fill(null))],
  ['text', strings(['Red red x', null, 'box of red', 'a b c', 'Red', '', 'no', 'on'])],
  ['day', dates(['2026-01-31T23:30:00Z', null, ...new Array(6).fill('2024-02-29T01:00:00Z')])],
  ['later', dates(new Array(8).fill('2026-03-01T00:00:00Z'))],
]);
export const target = Float64Array.of(1, 0, 1, 1, 0, 0, 1, 0);

/** Rows that were not there when the steps were fitted. */
export const applied = makeTable([
  ['amount', numbers([-5, 3, null, 1000])],
  ['size', numbers([0, 2, 4, null])],
  ['word', strings(['a', 'new', null, 'c'])],
  ['empty', numbers([null, null, 1, null])],
  ['text', strings(['red RED', null, 'box', 'x'])],
  ['day', dates(['2025-12-31T23:30:00Z', null, '1999-01-01T00:00:00Z', '2026-02-02T02:02:02Z'])],
  ['later', dates([null, '2026-01-01', '2026-01-01', '2026-01-01'])],
]);

type Options = Readonly<Record<string, unknown>>;

/** A step; each of `changes` sets one option away from its default, with the others it needs to matter. */
export interface StepCase {
  readonly table: OptionsTable;
  readonly make: (options: Options) => Transformer;
  readonly base: Options;
  readonly changes: Readonly<Record<string, Options & { readonly from?: Options }>>;
}

function stepCase<O>(
  table: OptionsTable,
  make: (options: O) => Transformer,
  base: Options,
  changes: StepCase['changes'],
): StepCase {
  return { table, make: make as (options: Options) => Transformer, base, changes };
}

const AMOUNT = { columns: ['amount'] };
const WORD = { columns: ['word'] };
const TEXT = { columns: ['text'] };
const DAY = { columns: ['day'] };

/** `from` are the options to compare with, where the option only matters beside another. */
export const EVERY_STEP: readonly StepCase[] = [
  stepCase(imputeOptions, impute, AMOUNT, {
    strategy: { strategy: 'mean' },
    fillNumber: { strategy: 'constant', fillNumber: 7, from: { strategy: 'constant' } },
    fillString: { ...WORD, strategy: 'constant', fillString: 'z', from: { ...WORD, strategy: 'constant' } },
    keepEmpty: { columns: ['empty'], keepEmpty: true, from: { columns: ['empty'] } },
  }),
  stepCase(standardScaleOptions, standardScale, AMOUNT, { center: { center: false }, scale: { scale: false } }),
  stepCase(minMaxScaleOptions, minMaxScale, AMOUNT, { low: { low: -1 }, high: { high: 2 }, clip: { clip: true } }),
  stepCase(robustScaleOptions, robustScale, AMOUNT, {
    center: { center: false },
    scale: { scale: false },
    lowQuantile: { lowQuantile: 0.1 },
    highQuantile: { highQuantile: 0.9 },
    unitVariance: { unitVariance: true },
  }),
  stepCase(quantileTransformOptions, quantileTransform, AMOUNT, {
    output: { output: 'normal' },
    nQuantiles: { nQuantiles: 2 },
  }),
  stepCase(powerTransformOptions, powerTransform, AMOUNT, {
    method: { method: 'boxCox' },
    standardize: { standardize: false },
  }),
  stepCase(
    logTransformOptions,
    logTransform,
    { columns: ['size'] },
    {
      base: { base: '10' },
      offset: { offset: 2 },
      invalid: { ...AMOUNT, invalid: 'missing', from: AMOUNT },
    },
  ),
  stepCase(clipOptions, clip, { ...AMOUNT, max: 1e9 }, { min: { min: 0 }, max: { max: 100 } }),
  stepCase(winsoriseOptions, winsorise, AMOUNT, {
    method: { method: 'iqr' },
    share: { share: 0.2 },
    fold: { method: 'iqr', fold: 0.1, from: { method: 'iqr' } },
    tail: { tail: 'low' },
  }),
  stepCase(binOptions, bin, AMOUNT, {
    strategy: { strategy: 'uniform' },
    bins: { bins: 2 },
    output: { output: 'categorical' },
  }),
  stepCase(oneHotOptions, oneHot, WORD, {
    missing: { missing: 'ignore' },
    unknown: { unknown: 'other' },
    drop: { drop: 'first' },
    minFrequency: { minFrequency: 2 },
    maxLevels: { maxLevels: 1 },
  }),
  stepCase(ordinalOptions, ordinal, WORD, { unknown: { unknown: 'error' }, output: { output: 'numeric' } }),
  stepCase(frequencyEncodeOptions, frequencyEncode, WORD, {
    output: { output: 'count' },
    missing: { missing: 'keep' },
    unknown: { unknown: 'missing' },
  }),
  stepCase(targetEncodeOptions, targetEncode, WORD, {
    smoothing: { smoothing: 5 },
    folds: { folds: 2 },
    seed: { seed: 1 },
    missing: { missing: 'keep' },
    unknown: { unknown: 'missing' },
    task: { task: 'multiclass' },
  }),
  stepCase(hashingEncodeOptions, hashingEncode, WORD, { buckets: { buckets: 3 }, signed: { signed: false } }),
  stepCase(rareCategoriesOptions, rareCategories, WORD, {
    minShare: { minShare: 0.3 },
    minFrequency: { minFrequency: 3 },
    maxLevels: { maxLevels: 1 },
    label: { label: 'rare' },
  }),
  stepCase(textLengthOptions, textLength, TEXT, { measures: { measures: ['lines'] }, keep: { keep: true } }),
  stepCase(
    hashTokensOptions,
    hashTokens,
    { ...TEXT, buckets: 7 },
    {
      buckets: { buckets: 3 },
      signed: { signed: false },
      lowercase: { lowercase: false },
      minLength: { minLength: 1 },
      binary: { binary: true, norm: 'none', from: { norm: 'none' } },
      norm: { norm: 'l1' },
      keep: { keep: true },
    },
  ),
  stepCase(datePartsOptions, dateParts, DAY, {
    parts: { parts: ['week'] },
    cyclical: { cyclical: true },
    utcOffsetMinutes: { utcOffsetMinutes: 60 },
    keep: { keep: true },
  }),
  stepCase(
    cyclicalOptions,
    cyclical,
    { periods: { size: 10 } },
    { periods: { periods: { size: 7 } }, keep: { keep: true } },
  ),
  stepCase(
    recencyOptions,
    recency,
    { ...DAY, at: '2026-01-01' },
    {
      at: { at: '2026-01-02' },
      until: { at: undefined, until: 'later' },
      unit: { unit: 'hours' },
      keep: { keep: true },
    },
  ),
  stepCase(ratioOptions, ratio, { pairs: [['amount', 'size']] }, { whenZero: { whenZero: 0 }, keep: { keep: false } }),
  stepCase(
    interactionsOptions,
    interactions,
    { columns: ['amount', 'size'] },
    {
      squares: { squares: true },
      keep: { keep: false },
    },
  ),
  stepCase(missingIndicatorOptions, missingIndicator, {}, { features: { features: 'all' } }),
];
