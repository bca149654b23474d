// How often a measure reaches its threshold though both samples come from one distribution.
import { chiSquaredTail } from '../distributions/chi-squared-tail.js';
import type { DriftMeasure } from '../drift-measure.js';
import type { BinShares } from '../measures/bin-shares.js';
import type { ColumnSamples } from './column-samples.js';

/**
 * The rate at these sizes, in [0, 1], for m values against n:
 * - of a test, its level; but chi-squared takes the reference for the truth, and its statistic is (1 + m / n) times what its
 *   level supposes;
 * - of an index or divergence, by its limit: nm / (n + m) times the PSI, or times 8 Jensen-Shannon divergences, or 8 squared
 *   Hellinger distances, is chi-squared with one degree less than there are bins (Lin, 1991; Yurdakul, "Statistical properties
 *   of population stability index", 2018);
 * - of the Wasserstein distance, an upper bound: its limit is the area under a Brownian bridge, of mean sqrt(2 / pi) times the
 *   integral of sqrt(F (1 - F)); it passes its median, which is no larger (Kwapień, 1994), by t standard deviations of the column
 *   no more often than a normal number passes t (Borell, "The Brunn-Minkowski inequality in Gauss space", 1975).
 */
export function falseAlarmRate(measure: DriftMeasure, threshold: number, samples: ColumnSamples): number {
  const { nReference, nCurrent } = samples;
  const size = (nReference * nCurrent) / (nReference + nCurrent);
  switch (measure) {
    case 'chi-squared': {
      const degrees =
        samples.kind === 'categorical' ? samples.counts.reference.length - 1 : degreesOf(samples.decileShares());
      return chiSquaredTail(criticalValue(threshold, degrees) / (1 + nCurrent / nReference), degrees);
    }
    case 'psi':
      return chiSquaredTail(threshold * size, degreesOf(samples.decileShares()));
    case 'psi-evidently':
      return chiSquaredTail(threshold * size, degreesOf(samples.evidentlyShares()));
    case 'jensen-shannon':
      return chiSquaredTail(8 * threshold ** 2 * size, degreesOf(samples.evidentlyShares()));
    case 'jensen-shannon-divergence':
      return chiSquaredTail(8 * threshold * size, degreesOf(samples.evidentlyShares()));
    case 'hellinger':
      return chiSquaredTail(8 * threshold ** 2 * size, degreesOf(samples.hellingerShares()));
    case 'wasserstein': {
      const excess = threshold * Math.sqrt(size) - Math.sqrt(2 / Math.PI) * samples.spread();
      return excess > 0 ? chiSquaredTail(excess ** 2, 1) / 2 : 1;
    }
    default:
      return threshold;
  }
}

/** One less than the bins that the reference has anything in, and at least one. */
function degreesOf({ reference }: BinShares): number {
  let filled = 0;
  for (let i = 0; i < reference.length; i++) if ((reference[i] as number) > 0) filled += 1;
  return Math.max(1, filled - 1);
}

/** Where the chi-squared tail is the level, by bisection. */
function criticalValue(level: number, degrees: number): number {
  let [low, high] = [0, degrees + 1];
  while (chiSquaredTail(high, degrees) > level) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (chiSquaredTail(middle, degrees) > level) low = middle;
    else high = middle;
  }
  return high;
}
