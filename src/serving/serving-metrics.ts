// Request durations and prediction counts, for whatever backend was injected.
import type { MetricLabels, Metrics } from '../core/metrics.js';

/** Upper bounds in seconds: tree models answer in micro- to milliseconds. */
const BUCKETS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Instruments of one mounted table. */
export interface ServingMetrics {
  /** A finished request. */
  request(route: string, method: string, status: number, durationMs: number): void;
  /** Rows scored by a model. */
  predicted(model: string, nRows: number): void;
}

/** Makes the instruments; they do nothing where there is no backend. */
export function servingMetrics(metrics: Metrics | undefined): ServingMetrics {
  if (metrics === undefined) return { request() {}, predicted() {} };
  const duration = metrics.histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the start of a request to its answer, body reading included.',
    labels: ['route', 'method', 'status'],
    buckets: BUCKETS,
  });
  const rows = metrics.counter({ name: 'predicted_rows_total', help: 'Rows scored.', labels: ['model'] });
  const requestLabels = new Map<string, MetricLabels>();
  return {
    request(route, method, status, durationMs) {
      const key = `${route} ${status}`;
      let labels = requestLabels.get(key);
      if (labels === undefined) {
        labels = { route, method, status: String(status) };
        requestLabels.set(key, labels);
      }
      duration(labels, durationMs / 1000);
    },
    predicted: (model, nRows) => rows({ model }, nRows),
  };
}
