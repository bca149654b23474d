// Performance over time in an experiment of a tracker: one run a model, from the start of a monitor to its end.
import type { Logger } from '../core/logger.js';
import type { MetricPoint, TrackedRun, Tracker } from '../core/tracker.js';
import type { MetricValues, PerformanceReport } from './performance/performance-report.js';
import type { Watch } from './watch.js';

/** What tracking goes by. */
export interface TrackingOptions {
  readonly experiment: string;
  readonly trackMs: number;
  readonly logger: Logger;
  readonly at: (model: string) => PerformanceReport;
}

/**
 * Logs metrics from time to time, in runs that are started when there is something to log. A tracker that fails costs a warning.
 * @returns logs a last time and ends the runs
 */
export function monitorTracking(
  tracker: Tracker,
  watches: ReadonlyMap<string, Watch>,
  { experiment, trackMs, logger, at }: TrackingOptions,
): () => Promise<void> {
  const runs = new Map<string, TrackedRun>();
  let step = 0;
  let working = Promise.resolve();

  async function report(): Promise<void> {
    for (const [model] of watches) {
      const current = at(model);
      const points = metricPoints(current, step);
      if (points.length === 0) continue;
      const run = runs.get(model) ?? (await start(model, current));
      await run.logMetrics(points);
    }
    step++;
  }

  async function start(model: string, { model: { name, version }, threshold }: PerformanceReport): Promise<TrackedRun> {
    const tags = { 'tabwright.monitor': model, 'tabwright.model': `${name}/${version}` };
    const run = await tracker.start({ experiment, runName: model, tags });
    runs.set(model, run);
    await run.logParams({ model: name, version: String(version), threshold: String(threshold) });
    return run;
  }

  function next(work: () => Promise<void>): Promise<void> {
    working = working
      .then(work)
      .catch((error: unknown) => logger.warn({ err: error }, 'monitor: performance could not be tracked'));
    return working;
  }

  const timer = setInterval(() => void next(report), trackMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await next(report);
    await next(async () => {
      for (const run of runs.values()) await run.end('finished');
    });
  };
}

function metricPoints(report: PerformanceReport, step: number): MetricPoint[] {
  const { metrics, estimated, estimateError, segments, window } = report;
  if (window.nRows === 0 && (estimated === null || estimated.nRows === 0)) return [];
  const points = (prefix: string, values: MetricValues): MetricPoint[] =>
    Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [{ key: prefix + name, value, step }]));
  return [
    { key: 'rows', value: window.nRows, step },
    ...points('', metrics),
    ...points('estimated.', estimated?.metrics ?? {}),
    ...points('estimateError.', estimateError ?? {}),
    ...segments.flatMap(({ column, value, metrics: own }) => points(`${keyText(column)}.${keyText(value)}.`, own)),
  ];
}

/** What MLflow takes in the key of a metric. */
function keyText(text: string): string {
  return text.replace(/[^\w\-. :/]/g, '_');
}
