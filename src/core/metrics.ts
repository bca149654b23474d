// The contract of a metrics backend; the Prometheus plugin implements it over an injected prom-client registry.

/** Label values by label name. */
export type MetricLabels = Readonly<Record<string, string>>;

/** What a metric is called and which labels it has. */
export interface MetricDescription {
  /** Snake case with base unit, such as `predict_duration_seconds`; the backend adds its prefix. */
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
}

/** Makes instruments. */
export interface Metrics {
  counter(of: MetricDescription): (labels: MetricLabels, by?: number) => void;
  gauge(of: MetricDescription): (labels: MetricLabels, value: number) => void;
  histogram(
    of: MetricDescription & { readonly buckets: readonly number[] },
  ): (labels: MetricLabels, value: number) => void;
  /** Everything measured so far, as scrapers read it; a backend that pushes has none. */
  text?(): Promise<MetricsText>;
}

/** Metrics in a text format. */
export interface MetricsText {
  readonly contentType: string;
  readonly text: string;
}
