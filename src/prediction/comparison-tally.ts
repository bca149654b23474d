// What came of comparing a shadow with its primary, by pair of versions, for code and for metrics.
import type { Logger } from '../core/logger.js';
import type { MetricLabels, Metrics } from '../core/metrics.js';
import type { Prediction } from '../core/predictor.js';
import type { ComparisonListener } from './comparison-queue.js';
import { predictionDifference } from './prediction-difference.js';

/** What came of comparing two versions. */
export interface ShadowComparison {
  /** Versions of primary and shadow; another pair is counted from zero. */
  readonly versions: readonly [primary: number, shadow: number];
  readonly nCompared: number;
  /** Rows for which the two predict another class. */
  readonly nLabelsDiffer: number;
  /** Mean difference of scores; of several classes, of the probability that differs most in a row. */
  readonly meanDifference: number;
  readonly maxDifference: number;
  /** Rows that the shadow could not score. */
  readonly nFailed: number;
  /** Rows that were not compared, since too many waited. */
  readonly nDropped: number;
}

/** Counts. */
export interface ComparisonTally extends ComparisonListener {
  /** What came of the latest pair. */
  readonly comparison: ShadowComparison;
}

/** Who hears of comparisons. */
export interface TallyOptions {
  /** What metrics and log lines call the pair. */
  readonly name: string;
  readonly metrics: Metrics | undefined;
  readonly logger: Logger;
}

/** Upper bounds of differences: those of probabilities, and of larger scores. */
const DIFFERENCES = [1e-9, 1e-6, 1e-4, 1e-3, 0.01, 0.03, 0.1, 0.3, 1, 10, 100, 1000];

/** A tally of nothing yet, for a primary and a shadow of these versions. */
export function comparisonTally(
  versions: ShadowComparison['versions'],
  { name, metrics, logger }: TallyOptions,
): ComparisonTally {
  const measure = instruments(name, metrics);
  let pair = newPair(versions);
  let reported = false;

  /** The counts of two versions, from zero where they are others than before. */
  function pairOf(primary: number, shadow: number): typeof pair {
    const [ownVersion, otherVersion] = pair.versions;
    if (primary !== ownVersion || shadow !== otherVersion) {
      pair = newPair([primary, shadow]);
      reported = false;
    }
    return pair;
  }

  return {
    get comparison() {
      const { sum, ...counts } = pair;
      return { ...counts, meanDifference: counts.nCompared === 0 ? 0 : sum / counts.nCompared };
    },
    compared(own, other) {
      const counts = pairOf(own.version, other.version);
      const difference = predictionDifference(own, other);
      counts.nCompared += 1;
      counts.sum += difference;
      counts.maxDifference = Math.max(counts.maxDifference, difference);
      if (own.label !== other.label) counts.nLabelsDiffer += 1;
      measure.compared(own.label === other.label, difference);
    },
    failed(predictions, version, error) {
      pairOf((predictions[0] as Prediction).version, version).nFailed += predictions.length;
      measure.failed(predictions.length);
      if (reported) return;
      reported = true;
      logger.warn({ err: error, model: name, version }, 'the shadow cannot score a row that the primary has scored');
    },
    dropped(predictions) {
      pair.nDropped += predictions.length;
      measure.dropped(predictions.length);
    },
  };
}

function newPair(versions: ShadowComparison['versions']) {
  return { versions, nCompared: 0, nLabelsDiffer: 0, sum: 0, maxDifference: 0, nFailed: 0, nDropped: 0 };
}

function instruments(model: string, metrics: Metrics | undefined) {
  const count = metrics?.counter({
    name: 'shadow_rows_total',
    help: 'Rows for a shadow, by `result`: same or other label than the primary, failed, or dropped since too many waited.',
    labels: ['model', 'result'],
  });
  const differences = metrics?.histogram({
    name: 'shadow_score_difference',
    help: 'Difference of the scores of shadow and primary; of several classes, the largest of a row.',
    labels: ['model'],
    buckets: DIFFERENCES,
  });
  const same: MetricLabels = { model, result: 'same' };
  const other: MetricLabels = { model, result: 'other' };
  const failed: MetricLabels = { model, result: 'failed' };
  const dropped: MetricLabels = { model, result: 'dropped' };
  const labels = { model };
  return {
    compared(isSame: boolean, difference: number): void {
      count?.(isSame ? same : other);
      differences?.(labels, difference);
    },
    failed: (nRows: number) => count?.(failed, nRows),
    dropped: (nRows: number) => count?.(dropped, nRows),
  };
}
