// What a monitor keeps, as metrics: everything is read at the scrape, so that an observation costs them nothing.
import type { MetricSample, Metrics, ObservedMetric } from '../core/metrics.js';
import type { ColumnDrift, DriftReport } from '../drift/drift-report.js';
import type { PredictionLog } from './log/prediction-log.js';
import { MONITORING_METRICS as KNOWN } from './monitoring-metrics.js';
import type { MetricValues } from './performance/performance-report.js';
import type { Watch } from './watch.js';

type Samples = MetricSample[];
type Part = readonly [part: string, column: ColumnDrift];

/** Hands everything over to be read. @returns ends the reading */
export function observeMonitor(
  metrics: Metrics,
  watches: ReadonlyMap<string, Watch>,
  log: PredictionLog | undefined,
): () => void {
  const ends: (() => void)[] = [];
  const read = (of: ObservedMetric, samples: () => Samples): void => {
    const end = metrics.observe?.(of, samples);
    if (end !== undefined) ends.push(end);
  };
  const perModel = (of: ObservedMetric, samplesOf: (watch: Watch, model: string) => Samples): void =>
    read(of, () => [...watches].flatMap(([model, watch]) => samplesOf(watch, model)));
  observeCounts(perModel);
  observeFeedback(perModel);
  observePerformance(perModel);
  observeDrift(perModel);
  if (log !== undefined) {
    read(KNOWN.logRecords, () => {
      const { written, dropped } = log.counts();
      return byLabel({}, 'result', { written, dropped });
    });
    read(KNOWN.logPending, () => [{ labels: {}, value: log.counts().pending }]);
  }
  return () => {
    for (const end of ends) end();
  };
}

type PerModel = (of: ObservedMetric, samplesOf: (watch: Watch, model: string) => Samples) => void;

function observeCounts(perModel: PerModel): void {
  perModel(KNOWN.rows, ({ watched }, model) => [{ labels: { model }, value: watched.counts.nRows }]);
  perModel(KNOWN.scores, ({ watched: { task, counts } }, model) =>
    task === 'regression' ? [] : [{ labels: { model }, value: counts.scoreSum, counts: counts.scores }],
  );
  perModel(KNOWN.labels, ({ watched }, model) => byLabel({ model }, 'label', watched.counts.labels));
  perModel(KNOWN.missing, ({ watched: { counts } }, model) =>
    counts.columns.map((column, i) => ({ labels: { model, column }, value: counts.missingOf(i) })),
  );
  perModel(KNOWN.failures, ({ watched }, model) => byLabel({ model }, 'column', watched.refused.failures));
  perModel(KNOWN.unknown, ({ watched }, model) => byLabel({ model }, 'column', watched.refused.unknown));
}

function observeFeedback(perModel: PerModel): void {
  perModel(KNOWN.feedback, ({ watched }, model) => byLabel({ model }, 'result', watched.feedback));
  perModel(KNOWN.feedbackDelay, ({ watched: { delays } }, model) => [
    { labels: { model }, value: delays.sum, counts: delays.counts },
  ]);
}

function observePerformance(perModel: PerModel): void {
  perModel(KNOWN.performance, ({ latest }, model) => {
    if (latest === undefined) return [];
    const all = metricSamples({ model, column: '', segment: '' }, latest.metrics);
    const segments = latest.segments.map(({ column, value, metrics }) =>
      metricSamples({ model, column, segment: value }, metrics),
    );
    return [...all, ...segments.flat()];
  });
  perModel(KNOWN.performanceRows, ({ latest }, model) => {
    if (latest === undefined) return [];
    const all = { labels: { model, column: '', segment: '' }, value: latest.window.nRows };
    return [
      all,
      ...latest.segments.map(({ column, value, nRows }) => ({
        labels: { model, column, segment: value },
        value: nRows,
      })),
    ];
  });
  perModel(KNOWN.estimate, ({ latest }, model) => metricSamples({ model }, latest?.estimated?.metrics ?? {}));
}

function observeDrift(perModel: PerModel): void {
  const perReport = (of: ObservedMetric, samplesOf: (report: DriftReport, model: string) => Samples): void =>
    perModel(of, ({ latestDrift }, model) => (latestDrift === undefined ? [] : samplesOf(latestDrift, model)));
  perReport(KNOWN.drift, (report, model) =>
    partsOf(report).flatMap(([part, { name, measure, value }]) =>
      measure === null || value === null ? [] : [{ labels: { model, part, column: name, measure }, value }],
    ),
  );
  perReport(KNOWN.isDrifted, (report, model) =>
    partsOf(report).map(([part, { name, isDrifted }]) => ({
      labels: { model, part, column: name },
      value: Number(isDrifted),
    })),
  );
  perReport(KNOWN.driftShare, ({ drifted }, model) => [{ labels: { model }, value: drifted.share }]);
  perReport(KNOWN.driftRows, ({ current }, model) => [{ labels: { model }, value: current.nRows }]);
}

function partsOf({ columns, score, prediction, target }: DriftReport): Part[] {
  const parts: [string, ColumnDrift | null][] = [
    ...columns.map((column): [string, ColumnDrift] => ['feature', column]),
    ['score', score],
    ['prediction', prediction],
    ['target', target],
  ];
  return parts.filter((part): part is [string, ColumnDrift] => part[1] !== null);
}

/** Metrics without a value have no sample. */
function metricSamples(labels: Readonly<Record<string, string>>, metrics: MetricValues): Samples {
  return Object.entries(metrics).flatMap(([metric, value]) =>
    value === null ? [] : [{ labels: { ...labels, metric }, value }],
  );
}

function byLabel(
  labels: Readonly<Record<string, string>>,
  name: string,
  values: ReadonlyMap<unknown, number> | Readonly<Record<string, number>>,
): Samples {
  const entries = values instanceof Map ? [...values] : Object.entries(values);
  return entries.map(([key, value]) => ({ labels: { ...labels, [name]: String(key) }, value }));
}
