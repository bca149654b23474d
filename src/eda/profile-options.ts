// The two tables of options: how a profile is made, and what its alerts fire at.

import { type OptionsInput, type OptionsOf, optionsTable } from '../core/options-table.js';
import type { RunControl } from '../core/progress.js';

/** How a profile is made. */
export const profileOptions = optionsTable('profile', {
  title: { type: 'string', default: 'Profile', doc: 'Heading of the report.' },
  source: { type: 'string', default: undefined, doc: 'What was read, in words, for the part on reproduction.' },
  table: { type: 'string', default: undefined, doc: 'Name of the table, where a loader has several.' },
  minimal: {
    type: 'boolean',
    default: false,
    doc: 'Leaves out associations, interactions, words and characters.',
  },
  redact: { type: 'boolean', default: false, doc: 'Holds no cell of the table: counts, shares and moments only.' },
  target: { type: 'string', default: undefined, doc: 'Column to predict: adds the relation of every column to it.' },
  positive: {
    type: 'string',
    default: undefined,
    doc: 'The class of a binary target whose rate is shown, as text; the later one in order of text where absent.',
  },
  timeSeries: {
    type: 'boolean',
    default: false,
    doc: 'Takes numbers for series: autocorrelation, stationarity, seasons and gaps.',
  },
  timeColumn: {
    type: 'string',
    default: undefined,
    doc: 'Column that orders the rows of series; the order of the table where absent.',
  },
  seed: { type: 'integer', default: 0, doc: 'Seed of every sample and sketch.' },
  exactRows: {
    type: 'integer',
    default: undefined,
    min: 1000,
    doc: 'Up to so many rows every number is exact, past it sketches are; 131,072 for a loader, all for a table in memory.',
  },
  sampleRows: {
    type: 'integer',
    default: 50_000,
    min: 100,
    doc: 'Rows of the seeded sample for associations, interactions, the target and words; all rows where there are fewer.',
  },
  kendallRows: {
    type: 'integer',
    default: 2000,
    min: 100,
    doc: "Rows of that sample for Kendall's tau.",
  },
  associationColumns: {
    type: 'integer',
    default: 60,
    min: 2,
    max: 1000,
    doc: 'Most columns in matrices of association; the first ones that can be in them.',
  },
  interactionColumns: {
    type: 'integer',
    default: 8,
    min: 0,
    max: 100,
    doc: 'Most columns of which every pair is shown as a grid of counts; the first numbers and dates.',
  },
  bins: { type: 'integer', default: 50, min: 5, max: 500, doc: 'Most bins of a histogram.' },
  topValues: { type: 'integer', default: 10, min: 1, max: 1000, doc: 'Frequent values listed for each column.' },
  extremeValues: { type: 'integer', default: 10, min: 0, max: 1000, doc: 'Smallest and largest values listed.' },
  shownRows: { type: 'integer', default: 10, min: 0, max: 1000, doc: 'First, last and random rows shown.' },
  numThreads: {
    type: 'integer',
    default: 0,
    min: 0,
    max: 64,
    doc: 'Threads, which change time only; 0 for none on small tables, else one a processor.',
  },
});

/** What alerts fire at. */
export const alertOptions = optionsTable('profile.alerts', {
  missing: { type: 'number', default: 0.01, min: 0, max: 1, doc: 'Share of missing cells above it.' },
  zeros: { type: 'number', default: 0.01, min: 0, max: 1, doc: 'Share of zeros above it.' },
  infinite: { type: 'number', default: 0.01, min: 0, max: 1, doc: 'Share of infinite values above it.' },
  highCardinality: { type: 'integer', default: 50, min: 1, doc: 'Distinct categories above it.' },
  skewed: { type: 'number', default: 20, min: 0, doc: 'Absolute skewness above it.' },
  imbalance: {
    type: 'number',
    default: 0.5,
    min: 0,
    max: 1,
    doc: 'One less entropy over the logarithm of the number of categories, above it.',
  },
  uniform: { type: 'number', default: 0.999, min: 0, max: 1, doc: 'Chi-squared p of equal counts above it.' },
  highCorrelation: { type: 'number', default: 0.9, min: 0, max: 1, doc: 'Absolute association from it on.' },
  nearDuplicate: {
    type: 'number',
    default: 0.99,
    min: 0,
    max: 1,
    doc: 'Share of equal cells of two columns from it on.',
  },
  leakage: { type: 'number', default: 0.98, min: 0.5, max: 1, doc: 'AUC of a column alone from it on, or strength.' },
  outliers: {
    type: 'number',
    default: 0.05,
    min: 0,
    max: 1,
    doc: 'Share of values beyond 1.5 interquartile ranges above it.',
  },
  mixedTypes: {
    type: 'number',
    default: 0.02,
    min: 0,
    max: 0.5,
    doc: 'Share of cells that look like another type from it on.',
  },
  nonStationary: { type: 'number', default: 0.05, min: 0, max: 1, doc: 'Augmented Dickey-Fuller p from it on.' },
  seasonal: { type: 'number', default: 0.1, min: 0, max: 1, doc: 'Share of the spectrum at one period from it on.' },
});

/** What a caller of `profile` may pass. */
export interface ProfileOptions extends OptionsInput<typeof profileOptions>, RunControl {
  /** What alerts fire at; see `docs/options.md`. */
  readonly alerts?: OptionsInput<typeof alertOptions> | undefined;
}

/** Options with their defaults. */
export type ResolvedProfileOptions = OptionsOf<typeof profileOptions>;
export type AlertThresholds = OptionsOf<typeof alertOptions>;
