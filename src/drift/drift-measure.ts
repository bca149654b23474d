// The measures of drift by name, and what each calls drift unless told otherwise.

/** A rule that a measure's value is held against. */
interface MeasureRule {
  readonly kinds: readonly ('numeric' | 'categorical')[];
  /** `test`: drift is a p-value of at most the threshold; `distance`: a value of at least it. */
  readonly decides: 'test' | 'distance';
  readonly threshold: number;
}

/** Levels of tests and thresholds of distances as Evidently has them; of Hellinger as whylogs has it. */
export const DRIFT_MEASURES = {
  'kolmogorov-smirnov': { kinds: ['numeric'], decides: 'test', threshold: 0.05 },
  'cramer-von-mises': { kinds: ['numeric'], decides: 'test', threshold: 0.05 },
  'anderson-darling': { kinds: ['numeric'], decides: 'test', threshold: 0.05 },
  'chi-squared': { kinds: ['numeric', 'categorical'], decides: 'test', threshold: 0.05 },
  proportions: { kinds: ['numeric', 'categorical'], decides: 'test', threshold: 0.05 },
  wasserstein: { kinds: ['numeric'], decides: 'distance', threshold: 0.1 },
  psi: { kinds: ['numeric', 'categorical'], decides: 'distance', threshold: 0.1 },
  'psi-evidently': { kinds: ['numeric', 'categorical'], decides: 'distance', threshold: 0.1 },
  'jensen-shannon': { kinds: ['numeric', 'categorical'], decides: 'distance', threshold: 0.1 },
  'jensen-shannon-divergence': { kinds: ['numeric', 'categorical'], decides: 'distance', threshold: 0.01 },
  hellinger: { kinds: ['numeric', 'categorical'], decides: 'distance', threshold: 0.15 },
} as const satisfies Readonly<Record<string, MeasureRule>>;

/** The name of a measure. */
export type DriftMeasure = keyof typeof DRIFT_MEASURES;
