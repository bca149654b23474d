import type { MetricDescription, MetricLabels, Metrics } from '../../src/core/metrics.js';

/** A backend that keeps what it is told: sums of counters, last values of gauges, and all values of histograms by name and labels. */
export interface CountingMetrics extends Metrics {
  readonly values: Record<string, number>;
  readonly observed: Record<string, number[]>;
}

export function countingMetrics(): CountingMetrics {
  const values: Record<string, number> = {};
  const observed: Record<string, number[]> = {};
  const keyOf = ({ name, labels: names }: MetricDescription, labels: MetricLabels) =>
    `${name} ${names.map((label) => labels[label]).join(' ')}`;
  return {
    values,
    observed,
    counter:
      (of) =>
      (labels, by = 1) => {
        values[keyOf(of, labels)] = (values[keyOf(of, labels)] ?? 0) + by;
      },
    gauge: (of) => (labels, value) => {
      values[keyOf(of, labels)] = value;
    },
    histogram: (of) => (labels, value) => {
      observed[keyOf(of, labels)] = [...(observed[keyOf(of, labels)] ?? []), value];
    },
  };
}
