// The report on a watched model, computed from what it keeps.

import { calibrationCurve } from '../../evaluation/calibration-curve.js';
import type { ScoredRows } from '../../evaluation/scored-rows.js';
import type { WatchedModel } from '../watched-model.js';
import { estimatePerformance } from './estimate-performance.js';
import { CALIBRATION_BINS, measurePerformance } from './measure-performance.js';
import type {
  CalibrationPoints,
  MetricValues,
  PerformancePoint,
  PerformanceReport,
  SegmentPerformance,
} from './performance-report.js';

/** What a report is made with. */
export interface PerformanceRequest {
  readonly atMs: number;
  readonly threshold: number;
  /** Latest predictions to estimate from. */
  readonly windowRows: number;
  readonly history: readonly PerformancePoint[];
}

/** Computes the report: some milliseconds for a window of ten thousand rows. */
export function performanceOf(watched: WatchedModel, request: PerformanceRequest): PerformanceReport {
  const { served, predictor, task, labelled, feedback } = watched;
  const { threshold, atMs, history } = request;
  const rows = labelledRows(watched);
  const realised = measurePerformance(rows, threshold);
  return {
    format: 'tabwright.performance/1',
    served,
    model: { name: predictor.current.name, version: predictor.current.version },
    task,
    threshold,
    at: new Date(atMs).toISOString(),
    window: { nRows: labelled.size, ...between(labelled.times) },
    metrics: finite(realised),
    estimated: estimated(watched, request),
    estimateError: task === 'regression' ? null : finite(errorOf(rows, realised, threshold)),
    calibration: task === 'binary' ? calibration(rows) : null,
    segments: segments(watched, rows, threshold),
    feedback: { ...feedback },
    history,
  };
}

function labelledRows({ task, classes, labelled }: WatchedModel): ScoredRows {
  const nClasses = task === 'regression' ? 1 : classes.length;
  return { task, nClasses, target: labelled.targets, predictions: labelled.outputs };
}

function estimated(
  { task, classes, ring }: WatchedModel,
  { windowRows, threshold }: PerformanceRequest,
): PerformanceReport['estimated'] {
  if (task === 'regression') return null;
  const predictions = ring.latestOutputs(windowRows);
  const metrics = estimatePerformance({ task, nClasses: classes.length, predictions }, threshold);
  return { nRows: predictions.length / ring.nOutputs, metrics: finite(metrics) };
}

function errorOf(
  { task, nClasses, predictions }: ScoredRows,
  realised: Readonly<Record<string, number>>,
  threshold: number,
): Record<string, number> {
  const promised = estimatePerformance({ task, nClasses, predictions }, threshold);
  return Object.fromEntries(
    Object.entries(promised).map(([name, value]) => [name, value - (realised[name] ?? Number.NaN)]),
  );
}

function calibration({ target, predictions }: ScoredRows): CalibrationPoints {
  const { predicted, observed, weight } = calibrationCurve(target, predictions, CALIBRATION_BINS);
  return { predicted: [...predicted], observed: [...observed], nRows: [...weight] };
}

function segments(watched: WatchedModel, rows: ScoredRows, threshold: number): SegmentPerformance[] {
  return watched.segments.flatMap((codes, i) =>
    Array.from(watched.labelled.rowsBySegment(i), ([code, positions]) => ({
      column: codes.column,
      value: codes.nameOf(code),
      nRows: positions.length,
      metrics: finite(measurePerformance(picked(rows, positions), threshold)),
    })).sort((a, b) => b.nRows - a.nRows),
  );
}

function picked({ task, nClasses, target, predictions }: ScoredRows, positions: readonly number[]): ScoredRows {
  const nOutputs = predictions.length / target.length;
  const own = new Float64Array(positions.length * nOutputs);
  positions.forEach((row, at) => {
    own.set(predictions.subarray(row * nOutputs, (row + 1) * nOutputs), at * nOutputs);
  });
  return {
    task,
    nClasses,
    target: Float64Array.from(positions, (row) => target[row] as number),
    predictions: own,
  };
}

/** JSON has no NaN. */
function finite(metrics: Readonly<Record<string, number>>): MetricValues {
  return Object.fromEntries(
    Object.entries(metrics).map(([name, value]) => [name, Number.isFinite(value) ? value : null]),
  );
}

function between(times: Float64Array): Pick<PerformanceReport['window'], 'from' | 'to'> {
  if (times.length === 0) return { from: null, to: null };
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    from = Math.min(from, time);
    to = Math.max(to, time);
  }
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}
