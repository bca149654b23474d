// What requests, models, trainings and the event loop come to in numbers, for whatever backend was injected.
import { partsOf } from '../core/live-predictor.js';
import type { MetricDescription, MetricLabels, MetricSample, Metrics } from '../core/metrics.js';
import { eventLoopDelay } from './event-loop-delay.js';
import type { ServedModels } from './served-models.js';

/** Upper bounds in seconds: tree models answer in micro- to milliseconds. */
const REQUEST_BUCKETS = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];
const BATCH_BUCKETS = [1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000];
const TRAINING_BUCKETS = [1, 3, 10, 30, 60, 180, 600, 1800, 3600, 10_800];

/** Instruments of one mounted table. */
export interface ServingMetrics {
  /** A request that begins; each ends by {@link ServingMetrics.request}. */
  began(route: string): void;
  /** A finished request. */
  request(route: string, method: string, status: number, durationMs: number): void;
  /** Rows scored by a model. */
  predicted(model: string, nRows: number): void;
  /** A batch that was scored, which {@link ServingMetrics.predicted} is told of too. */
  batch(model: string, nRows: number): void;
  /** An attempt to load another version. */
  reloaded(model: string, isLoaded: boolean): void;
  /** A training that ended. */
  trained(model: string, isRegistered: boolean, durationMs: number): void;
}

const NO_METRICS: ServingMetrics = {
  began() {},
  request() {},
  predicted() {},
  batch() {},
  reloaded() {},
  trained() {},
};

/** Makes the instruments; they do nothing where there is no backend. */
export function servingMetrics(metrics: Metrics | undefined, models: ServedModels['all'] = []): ServingMetrics {
  if (metrics === undefined) return NO_METRICS;
  const requests = requestMetrics(metrics);
  const predicted = perModel(
    metrics.counter({ name: 'predicted_rows_total', help: 'Rows scored.', labels: ['model'] }),
  );
  const batch = perModel(
    metrics.histogram({
      name: 'predict_batch_rows',
      help: 'Rows of one batch request.',
      labels: ['model'],
      buckets: BATCH_BUCKETS,
    }),
  );
  observeModels(metrics, models);
  const reloads = metrics.counter({
    name: 'model_reloads_total',
    help: 'Attempts to load another version by request; `result` is ok or failed.',
    labels: ['model', 'result'],
  });
  const trainings = metrics.histogram({
    name: 'training_duration_seconds',
    help: 'Time of a training that was asked for by request; `result` is ok or failed.',
    labels: ['model', 'result'],
    buckets: TRAINING_BUCKETS,
  });
  metrics.observe?.(
    {
      kind: 'gauge',
      name: 'event_loop_delay_seconds',
      help: 'Delay of the event loop since the scrape before; `stat` is mean, p99 or max.',
      labels: ['stat'],
    },
    eventLoopDelay(),
  );
  return {
    ...requests,
    predicted,
    batch,
    reloaded: (model, isLoaded) => reloads({ model, result: resultOf(isLoaded) }),
    trained: (model, isRegistered, durationMs) =>
      trainings({ model, result: resultOf(isRegistered) }, durationMs / 1000),
  };
}

function requestMetrics(metrics: Metrics): Pick<ServingMetrics, 'began' | 'request'> {
  const duration = metrics.histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the start of a request to its answer, body reading included.',
    labels: ['route', 'method', 'status'],
    buckets: REQUEST_BUCKETS,
  });
  const inProgress = new Map<string, number>();
  metrics.observe?.(
    {
      kind: 'gauge',
      name: 'http_requests_in_progress',
      help: 'Requests that have begun and not ended.',
      labels: ['route'],
    },
    () => Array.from(inProgress, ([route, value]): MetricSample => ({ labels: { route }, value })),
  );
  const requestLabels = new Map<string, MetricLabels>();
  return {
    began: (route) => inProgress.set(route, (inProgress.get(route) ?? 0) + 1),
    request(route, method, status, durationMs) {
      inProgress.set(route, (inProgress.get(route) ?? 1) - 1);
      const key = `${route} ${status}`;
      let labels = requestLabels.get(key);
      if (labels === undefined) {
        labels = { route, method, status: String(status) };
        requestLabels.set(key, labels);
      }
      duration(labels, durationMs / 1000);
    },
  };
}

function observeModels(metrics: Metrics, models: ServedModels['all']): void {
  const description: MetricDescription = {
    name: 'model_info',
    help: 'Always 1: which version of which registered model serves, in which role, and the aliases it had when it was loaded.',
    labels: ['model', 'role', 'name', 'version', 'alias'],
  };
  metrics.observe?.({ ...description, kind: 'gauge' }, () =>
    models.flatMap(({ name: model, predictor }) =>
      partsOf(predictor).map(({ role = '', predictor: { current } }) => {
        const { name, version, aliases } = current;
        return { labels: { model, role, name, version: String(version), alias: aliases.join(',') }, value: 1 };
      }),
    ),
  );
}

/** An instrument with one label, whose objects are made once. */
function perModel(instrument: (labels: MetricLabels, value: number) => void): (model: string, value: number) => void {
  const labels = new Map<string, MetricLabels>();
  return (model, value) => {
    let own = labels.get(model);
    if (own === undefined) {
      own = { model };
      labels.set(model, own);
    }
    instrument(own, value);
  };
}

function resultOf(isGood: boolean): string {
  return isGood ? 'ok' : 'failed';
}
