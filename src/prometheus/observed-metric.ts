// A metric that is read at each scrape, in the form that prom-client's registry asks its metrics for.
import type { MetricLabels, MetricSample, ObservedMetric } from '../core/metrics.js';

/** One line of the text format. */
interface PromValue {
  readonly metricName: string;
  readonly labels: MetricLabels;
  readonly value: number;
}

/** What a registry of prom-client (version 15) calls on a metric. */
export class PromObservedMetric {
  readonly name: string;
  readonly help: string;
  readonly type: ObservedMetric['kind'];
  readonly aggregator = 'sum';
  readonly readers = new Set<() => Iterable<MetricSample>>();
  readonly #values: (sample: MetricSample) => readonly PromValue[];

  constructor(name: string, of: ObservedMetric) {
    this.name = name;
    this.help = of.help;
    this.type = of.kind;
    this.#values =
      of.kind === 'histogram'
        ? (sample) => histogramValues(name, of.buckets, sample)
        : ({ labels, value }) => [{ metricName: name, labels, value }];
  }

  get(): Promise<object> {
    const { name, help, type, aggregator } = this;
    const values = [...this.readers].flatMap((read) => [...read()].flatMap(this.#values));
    return Promise.resolve({ name, help, type, aggregator, values });
  }

  /** Counts belong to those who are read. */
  reset(): void {}
}

function histogramValues(
  name: string,
  buckets: readonly number[],
  { labels, value, counts = [] }: MetricSample,
): PromValue[] {
  const values: PromValue[] = [];
  let below = 0;
  buckets.forEach((bound, i) => {
    below += counts[i] as number;
    values.push({ metricName: `${name}_bucket`, labels: { le: String(bound), ...labels }, value: below });
  });
  const all = below + (counts[buckets.length] as number);
  return [
    ...values,
    { metricName: `${name}_bucket`, labels: { le: '+Inf', ...labels }, value: all },
    { metricName: `${name}_sum`, labels, value },
    { metricName: `${name}_count`, labels, value: all },
  ];
}
