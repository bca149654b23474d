// Who answered how many rows, in numbers, and the first failure of each version of a canary in words.
import type { Logger } from '../core/logger.js';
import type { MetricLabels, Metrics } from '../core/metrics.js';

/** Hears of a canary's answers. */
export interface CanaryReport {
  share(share: number): void;
  answered(nStable: number, nCanary: number): void;
  /** Rows of a call that the stable model answered whole, since the canary of a version threw. */
  fellBack(nRows: number, version: number, error: unknown): void;
}

/** Who hears of it. */
export interface ReportOptions {
  /** What metrics and log lines call the two models. */
  readonly name: string;
  readonly metrics: Metrics | undefined;
  readonly logger: Logger;
}

/** A report under a name. */
export function canaryReport({ name, metrics, logger }: ReportOptions): CanaryReport {
  const rows = metrics?.counter({
    name: 'canary_rows_total',
    help: 'Rows by who answered, `by`: stable, canary, or fallback where the stable model did since the canary failed.',
    labels: ['model', 'by'],
  });
  const shares = metrics?.gauge({
    name: 'canary_share',
    help: 'Part of all keys that the canary answers.',
    labels: ['model'],
  });
  const stable: MetricLabels = { model: name, by: 'stable' };
  const canary: MetricLabels = { model: name, by: 'canary' };
  const fallback: MetricLabels = { model: name, by: 'fallback' };
  let failedVersion: number | undefined;
  return {
    share: (share) => shares?.({ model: name }, share),
    answered(nStable, nCanary) {
      if (nStable > 0) rows?.(stable, nStable);
      if (nCanary > 0) rows?.(canary, nCanary);
    },
    fellBack(nRows, version, error) {
      rows?.(fallback, nRows);
      if (failedVersion === version) return;
      failedVersion = version;
      logger.warn({ err: error, model: name, version }, 'the canary failed; the stable model answers');
    },
  };
}
