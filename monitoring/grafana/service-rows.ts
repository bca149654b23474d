// The part of the dashboard that any service has: traffic, latency, errors, the process, jobs.
import type { RowSpec } from './panel-spec.js';

const REQUESTS = 'tabwright_http_request_duration_seconds';
const OF_JOB = 'job=~"$job"';
const PREDICTIONS = `${OF_JOB}, route=~"predict.*"`;

const quantile = (q: number) =>
  `histogram_quantile(${q}, sum by (le) (rate(${REQUESTS}_bucket{${PREDICTIONS}}[$__rate_interval])))`;

/** What comes in and how it is answered. */
export const TRAFFIC_ROW: RowSpec = {
  title: 'Traffic',
  panels: [
    {
      title: 'Requests',
      description: 'Answers a second by route.',
      kind: 'lines',
      unit: 'reqps',
      min: 0,
      queries: [[`sum by (route) (rate(${REQUESTS}_count{${OF_JOB}}[$__rate_interval]))`, '{{route}}']],
    },
    {
      title: 'Rows scored',
      description: 'Rows a second by model, single ones and those of batches.',
      kind: 'lines',
      unit: 'short',
      min: 0,
      queries: [
        [
          `sum by (model) (rate(tabwright_predicted_rows_total{${OF_JOB}, model=~"$model"}[$__rate_interval]))`,
          '{{model}}',
        ],
      ],
    },
    {
      title: 'Latency of predictions',
      description: 'From the start of a request to its answer.',
      kind: 'lines',
      unit: 's',
      min: 0,
      queries: [
        [quantile(0.5), 'p50'],
        [quantile(0.95), 'p95'],
        [quantile(0.99), 'p99'],
      ],
    },
    {
      title: 'Refusals and failures',
      description: 'Answers a second that are not 2xx or 3xx, by status.',
      kind: 'stacked',
      unit: 'reqps',
      min: 0,
      queries: [
        [`sum by (status) (rate(${REQUESTS}_count{${OF_JOB}, status=~"[45].."}[$__rate_interval]))`, '{{status}}'],
      ],
    },
    {
      title: 'Share of failures',
      description: 'Share of 5xx over five minutes by route: the value that the alert TabwrightErrors looks at.',
      kind: 'lines',
      unit: 'percentunit',
      min: 0,
      queries: [[`route:tabwright_http_errors:ratio_rate5m{${OF_JOB}}`, '{{route}}']],
    },
    {
      title: 'In progress',
      description: 'Requests that have begun and not ended.',
      kind: 'lines',
      unit: 'short',
      min: 0,
      queries: [[`sum by (route) (tabwright_http_requests_in_progress{${OF_JOB}})`, '{{route}}']],
    },
  ],
};

/** The process and its long work. */
export const PROCESS_ROW: RowSpec = {
  title: 'Process and jobs',
  panels: [
    {
      title: 'Event loop',
      description: 'How late the event loop is: what every request waits for.',
      kind: 'lines',
      unit: 's',
      min: 0,
      queries: [[`max by (stat) (tabwright_event_loop_delay_seconds{${OF_JOB}})`, '{{stat}}']],
    },
    {
      title: 'Memory',
      description: 'Resident memory and the heap in use.',
      kind: 'lines',
      unit: 'bytes',
      min: 0,
      queries: [
        [`sum(process_resident_memory_bytes{${OF_JOB}})`, 'resident'],
        [`sum(nodejs_heap_size_used_bytes{${OF_JOB}})`, 'heap'],
      ],
    },
    {
      title: 'Processor',
      description: 'Cores in use.',
      kind: 'lines',
      unit: 'short',
      min: 0,
      queries: [[`sum(rate(process_cpu_seconds_total{${OF_JOB}}[$__rate_interval]))`, 'cores']],
    },
    {
      title: 'Training jobs',
      description: 'Trainings that ended, by result.',
      kind: 'stacked',
      unit: 'short',
      min: 0,
      queries: [
        [
          `sum by (result) (increase(tabwright_training_duration_seconds_count{${OF_JOB}}[$__rate_interval]))`,
          '{{result}}',
        ],
      ],
    },
    {
      title: 'Duration of trainings',
      description: 'Mean time of the trainings that ended, by model.',
      kind: 'lines',
      unit: 's',
      min: 0,
      queries: [
        [
          `sum by (model) (rate(tabwright_training_duration_seconds_sum{${OF_JOB}}[$__rate_interval])) / sum by (model) (rate(tabwright_training_duration_seconds_count{${OF_JOB}}[$__rate_interval]))`,
          '{{model}}',
        ],
      ],
    },
    {
      title: 'Prediction log',
      description: 'Records a second by what became of them, and those that wait to be written.',
      kind: 'lines',
      unit: 'short',
      min: 0,
      queries: [
        [`sum by (result) (rate(tabwright_prediction_log_records_total{${OF_JOB}}[$__rate_interval]))`, '{{result}}'],
        [`sum(tabwright_prediction_log_pending_records{${OF_JOB}})`, 'waiting'],
      ],
    },
  ],
};
