// `tabwright/prometheus`: metrics for Prometheus, over an injected prom-client.
export type {
  MetricDescription,
  MetricLabels,
  MetricSample,
  Metrics,
  MetricsText,
  ObservedMetric,
} from './core/metrics.js';
export type { PromClient, PromConfig, PrometheusOptions, PromRegistry } from './prometheus/prometheus-metrics.js';
export { prometheusMetrics } from './prometheus/prometheus-metrics.js';
