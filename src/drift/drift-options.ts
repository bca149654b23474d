import type { OptionsInput, OptionsOf } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';

/** What drift is measured by and held against. */
export const driftOptions = optionsTable('drift', {
  numericMeasure: {
    type: 'choice',
    choices: [
      'auto',
      'kolmogorov-smirnov',
      'cramer-von-mises',
      'anderson-darling',
      'chi-squared',
      'wasserstein',
      'psi',
      'psi-evidently',
      'jensen-shannon',
      'jensen-shannon-divergence',
      'hellinger',
    ],
    default: 'auto',
    doc: "What decides on a column of numbers: auto is Evidently's choice, kolmogorov-smirnov against a reference of at most 1000 rows and wasserstein against more; a column of at most 5 distinct numbers is compared as categories are.",
  },
  categoricalMeasure: {
    type: 'choice',
    choices: [
      'auto',
      'chi-squared',
      'proportions',
      'psi',
      'psi-evidently',
      'jensen-shannon',
      'jensen-shannon-divergence',
      'hellinger',
    ],
    default: 'auto',
    doc: "What decides on a column of categories: auto is Evidently's choice, chi-squared (proportions for two categories) against a reference of at most 1000 rows and jensen-shannon against more.",
  },
  level: {
    type: 'number',
    exclusiveMin: 0,
    exclusiveMax: 1,
    default: 0.05,
    doc: 'A test whose p-value is at most this finds drift; so often does it where nothing changed.',
  },
  distance: {
    type: 'number',
    exclusiveMin: 0,
    default: undefined,
    doc: 'A distance or index at least this is drift; each measure has its own where absent: 0.1, but 0.01 for jensen-shannon-divergence and 0.15 for hellinger.',
  },
  correction: {
    type: 'choice',
    choices: ['none', 'benjamini-hochberg'],
    default: 'none',
    doc: 'Whether p-values of the columns are adjusted so that among those called drifted at most the level are so by chance.',
  },
  driftShare: {
    type: 'number',
    exclusiveMin: 0,
    max: 1,
    default: 0.5,
    doc: 'The whole has drifted where at least this share of the columns has.',
  },
  qualityShare: {
    type: 'number',
    min: 0,
    max: 1,
    default: 0.01,
    doc: 'A change of data quality is a missing share that differs by more than this, or more than this share of values that are beyond the range, of a category never seen or of another type.',
  },
});

/** How to judge drift. */
export type DriftOptions = OptionsInput<typeof driftOptions>;

/** The options a report was made with. */
export type DriftSettings = OptionsOf<typeof driftOptions>;
