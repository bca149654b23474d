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

/** What is read at each scrape; `buckets` are the upper bounds of a histogram, ascending. */
export type ObservedMetric = MetricDescription &
  ({ readonly kind: 'counter' | 'gauge' } | { readonly kind: 'histogram'; readonly buckets: readonly number[] });

/** One series of an observed metric. */
export interface MetricSample {
  readonly labels: MetricLabels;
  /** The value; of a histogram, the sum of what was observed. */
  readonly value: number;
  /** Of a histogram: how many were in each bucket, and last how many above all of them. */
  readonly counts?: ArrayLike<number>;
}

/** Makes instruments. */
export interface Metrics {
  counter(of: MetricDescription): (labels: MetricLabels, by?: number) => void;
  gauge(of: MetricDescription): (labels: MetricLabels, value: number) => void;
  histogram(
    of: MetricDescription & { readonly buckets: readonly number[] },
  ): (labels: MetricLabels, value: number) => void;
  /**
   * Values that somebody keeps anyway, read at each scrape, so that an event costs nothing. Several may read into one metric.
   * Where the backend has no such method, these values are not reported.
   * @returns ends the reading
   */
  observe?(of: ObservedMetric, read: () => Iterable<MetricSample>): () => void;
  /** Everything measured so far, as scrapers read it; a backend that pushes has none. */
  text?(): Promise<MetricsText>;
}

/** Metrics in a text format. */
export interface MetricsText {
  readonly contentType: string;
  readonly text: string;
}
