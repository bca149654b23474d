// The metrics contract over prom-client, which is injected: its classes, and the registry to put the instruments into.
import type { MetricDescription, MetricLabels, Metrics, MetricsText, ObservedMetric } from '../core/metrics.js';
import type { OptionsInput } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { CountedValues } from './counted-values.js';
import { PromObservedMetric } from './observed-metric.js';

/** What the package prom-client (version 15) exports, as far as it is needed here. */
export interface PromClient {
  readonly Gauge: new (config: PromConfig) => { set(labels: MetricLabels, value: number): void };
}

/** How prom-client is told of an instrument. */
export interface PromConfig {
  readonly name: string;
  readonly help: string;
  readonly labelNames: string[];
  // prom-client's own type of a list of registries; it is passed on as it is.
  readonly registers: never[];
}

/** prom-client's `Registry`, as far as it is needed here. */
export interface PromRegistry {
  readonly contentType: string;
  metrics(): Promise<string>;
  getSingleMetric(name: string): unknown;
  // prom-client's own type of a metric, which is a class with much more.
  registerMetric(metric: never): void;
}

/** Plain options of the plugin. */
export const prometheusOptions = optionsTable('prometheus', {
  prefix: { type: 'string', default: 'tabwright_', doc: 'Goes before the name of every metric; may be empty.' },
});

/** What {@link prometheusMetrics} takes. */
export interface PrometheusOptions extends OptionsInput<typeof prometheusOptions> {
  /** The package prom-client. */
  readonly client: PromClient;
  /** Where the instruments are kept; the global one only where it is given. */
  readonly registry: PromRegistry;
}

/** What is counted for a metric, by every backend over its registry. */
const COUNTED = new WeakMap<PromObservedMetric, CountedValues>();
const PREFIX = /^([a-zA-Z_][a-zA-Z0-9_]*)?$/;

/**
 * A metrics backend for everything that takes `metrics`. Two tables of routes may share one: an instrument is made once.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @example
 * const metrics = prometheusMetrics({ client, registry: new client.Registry() });
 * app.register(tabwright, { predictors, metrics });
 */
export function prometheusMetrics({ client, registry, ...given }: PrometheusOptions): Metrics {
  const { prefix } = resolveOptions(prometheusOptions, given);
  if (!PREFIX.test(prefix)) {
    throw new TabwrightError('OPTION_INVALID', 'prometheus: prefix must be letters, digits and _, not first a digit');
  }
  const { Gauge } = client;

  function config({ name, help, labels }: MetricDescription): PromConfig {
    return { name: prefix + name, help, labelNames: [...labels], registers: [registry as never] };
  }

  /** An instrument that is there already, such as for a second table of routes, or a new one. */
  function instrument<Instrument>(of: MetricDescription, make: () => Instrument): Instrument {
    return (registry.getSingleMetric(prefix + of.name) as Instrument | undefined) ?? make();
  }

  function observed(of: ObservedMetric): PromObservedMetric {
    return instrument(of, () => {
      const metric = new PromObservedMetric(prefix + of.name, of);
      registry.registerMetric(metric as never);
      return metric;
    });
  }

  /** What is counted here, and read at each scrape. */
  function counted(of: ObservedMetric, buckets?: readonly number[]): CountedValues {
    const metric = observed(of);
    const values = COUNTED.get(metric) ?? new CountedValues(of, buckets);
    if (!COUNTED.has(metric)) metric.readers.add(() => values.samples());
    COUNTED.set(metric, values);
    return values;
  }

  return {
    counter(of) {
      const values = counted({ ...of, kind: 'counter' });
      return (labels, by = 1) => values.add(labels, by);
    },
    gauge(of) {
      const gauge = instrument(of, () => new Gauge(config(of)));
      return (labels, value) => gauge.set(labels, value);
    },
    histogram(of) {
      const values = counted({ ...of, kind: 'histogram' }, of.buckets);
      return (labels, value) => values.observe(labels, value);
    },
    observe(of, read) {
      const { readers } = observed(of);
      readers.add(read);
      return () => readers.delete(read);
    },
    async text(): Promise<MetricsText> {
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}
