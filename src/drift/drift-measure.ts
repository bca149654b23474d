// The measures of drift by name, and what each calls drift unless told otherwise.

/** Thresholds of distances as Evidently has them, of Hellinger as whylogs has it; null for tests, which have a level. */
export const DRIFT_THRESHOLDS = {
  'kolmogorov-smirnov': null,
  'cramer-von-mises': null,
  'anderson-darling': null,
  'chi-squared': null,
  proportions: null,
  wasserstein: 0.1,
  psi: 0.1,
  'psi-evidently': 0.1,
  'jensen-shannon': 0.1,
  'jensen-shannon-divergence': 0.01,
  hellinger: 0.15,
} as const satisfies Readonly<Record<string, number | null>>;

/** The name of a measure. */
export type DriftMeasure = keyof typeof DRIFT_THRESHOLDS;
