import type { DriftMeasure } from '../drift-measure.js';
import { andersonDarling } from '../measures/anderson-darling.js';
import { chiSquared } from '../measures/chi-squared.js';
import { cramerVonMises } from '../measures/cramer-von-mises.js';
import { hellinger } from '../measures/hellinger.js';
import { jensenShannonDistance, jensenShannonDivergence } from '../measures/jensen-shannon.js';
import { kolmogorovSmirnov } from '../measures/kolmogorov-smirnov.js';
import { populationStability } from '../measures/population-stability.js';
import { proportionTest } from '../measures/proportion-test.js';
import type { ColumnSamples } from './column-samples.js';

/** A measure's value, with its p-value where it is a test; NaN where the samples are too small for it. */
export interface Measured {
  readonly value: number;
  readonly pValue: number | null;
}

const TESTS: Readonly<
  Partial<Record<DriftMeasure, (samples: ColumnSamples) => { statistic: number; pValue: number }>>
> = {
  'kolmogorov-smirnov': ({ counts }) => kolmogorovSmirnov(counts),
  'cramer-von-mises': ({ counts }) => cramerVonMises(counts),
  'anderson-darling': ({ counts }) => andersonDarling(counts),
  'chi-squared': chiSquaredOf,
  proportions: ({ counts: { reference, current, nReference, nCurrent } }) =>
    proportionTest(
      { reference: reference[0] as number, current: current[0] as number },
      { reference: nReference, current: nCurrent },
    ),
};

const DISTANCES: Readonly<Partial<Record<DriftMeasure, (samples: ColumnSamples) => number>>> = {
  wasserstein: (samples) => samples.wasserstein(),
  psi: (samples) => populationStability(samples.decileShares(), 'textbook'),
  'psi-evidently': (samples) => populationStability(samples.evidentlyShares(), 'evidently'),
  'jensen-shannon': (samples) => jensenShannonDistance(samples.evidentlyShares()),
  'jensen-shannon-divergence': (samples) => jensenShannonDivergence(samples.evidentlyShares()),
  hellinger: (samples) => hellinger(samples.hellingerShares()),
};

/** Two samples by a measure. */
export function measureSamples(measure: DriftMeasure, samples: ColumnSamples): Measured {
  const test = TESTS[measure]?.(samples);
  if (test !== undefined) return { value: test.statistic, pValue: test.pValue };
  return { value: DISTANCES[measure]?.(samples) ?? Number.NaN, pValue: null };
}

/** Of many numbers, by the deciles of the reference. */
function chiSquaredOf(samples: ColumnSamples): { statistic: number; pValue: number } {
  const { counts, nReference, nCurrent } = samples;
  if (samples.kind === 'categorical') return chiSquared(counts.reference, counts.current);
  const shares = samples.decileShares();
  const kept = Array.from(shares.reference, (_, i) => i).filter(
    (i) => shares.reference[i] !== 0 || shares.current[i] !== 0,
  );
  return chiSquared(
    kept.map((i) => Math.round((shares.reference[i] as number) * nReference)),
    kept.map((i) => Math.round((shares.current[i] as number) * nCurrent)),
  );
}
