// Counters and histograms as plain numbers, read at each scrape: an event adds to an array, and hashes no labels.
import type { MetricDescription, MetricLabels, MetricSample } from '../core/metrics.js';

/** One series. */
interface Series {
  readonly labels: MetricLabels;
  value: number;
  /** Of a histogram: how many were in each bucket, and last how many above all of them. */
  readonly counts: Float64Array;
}

/** The series of one metric. */
export class CountedValues {
  readonly #names: readonly string[];
  readonly #buckets: readonly number[];
  readonly #series = new Map<string, Series>();
  /** Callers keep their label objects: each is looked up among the series once. */
  readonly #known = new WeakMap<MetricLabels, Series>();

  constructor({ labels }: MetricDescription, buckets: readonly number[] = []) {
    this.#names = labels;
    this.#buckets = buckets;
    if (labels.length === 0) this.#find({});
  }

  /** An event of a counter. */
  add(labels: MetricLabels, by: number): void {
    const series = this.#known.get(labels) ?? this.#find(labels);
    series.value += by;
  }

  /** An event of a histogram. */
  observe(labels: MetricLabels, value: number): void {
    const series = this.#known.get(labels) ?? this.#find(labels);
    const buckets = this.#buckets;
    let bucket = 0;
    while (bucket < buckets.length && value > (buckets[bucket] as number)) bucket++;
    series.value += value;
    series.counts[bucket] = (series.counts[bucket] as number) + 1;
  }

  samples(): Iterable<MetricSample> {
    return this.#series.values();
  }

  #find(given: MetricLabels): Series {
    const labels = Object.fromEntries(this.#names.map((name) => [name, given[name] ?? '']));
    const key = JSON.stringify(Object.values(labels));
    const series = this.#series.get(key) ?? { labels, value: 0, counts: new Float64Array(this.#buckets.length + 1) };
    this.#series.set(key, series);
    this.#known.set(given, series);
    return series;
  }
}
