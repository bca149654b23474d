// The performance of a model as a page in the family of the other reports, drawn from the report alone.
import { METRICS, type MetricName, PRIMARY_METRIC } from '../../evaluation/metric-table.js';
import { calibrationPlot } from '../../report/calibration-plot.js';
import { dataTable } from '../../report/data-table.js';
import { figures } from '../../report/figures.js';
import { formatCount, formatNumber } from '../../report/format-number.js';
import { html, type Markup } from '../../report/html.js';
import { linePlot } from '../../report/line-plot.js';
import type { PageSection } from '../../report/page.js';
import { page } from '../../report/page.js';
import type { MetricValues, PerformancePoint, PerformanceReport } from './performance-report.js';

const STYLES = `
.scroll{overflow-x:auto}.scroll table{margin-top:0}caption{text-align:left;font-size:12px;color:var(--mut);padding-bottom:4px}
`;
const PLOT_WIDTH = 520;
const PLOT_HEIGHT = 260;
const MS_PER_MINUTE = 60_000;
const MS_PER_HOUR = 3_600_000;
const HOURS_FROM_MINUTES = 180;

/** The page of a report. */
export function performancePage(report: PerformanceReport): string {
  const { served, model, task, window, at } = report;
  const sections: PageSection[] = [
    { id: 'metrics', title: 'Now', body: metricsSection(report).text },
    { id: 'time', title: 'Over time', body: timePlot(report) },
    ...(report.calibration === null ? [] : [{ id: 'calibration', title: 'Calibration', body: calibration(report) }]),
    ...(report.segments.length === 0 ? [] : [{ id: 'segments', title: 'Segments', body: segments(report).text }]),
    { id: 'truths', title: 'Truths', body: truths(report).text },
  ];
  return page({
    title: `Performance of ${served}`,
    subtitle: `${model.name}/${model.version}, ${task}, ${formatCount(window.nRows)} rows with a truth, ${timeText(at)}`,
    sections,
    styles: STYLES.replaceAll('\n', ''),
  });
}

function metricsSection({ task, metrics, estimated, estimateError, window, threshold }: PerformanceReport): Markup {
  const primary = PRIMARY_METRIC[task];
  const now = figures([
    [labelOf(primary), valueText(metrics[primary])],
    ...(estimated === null ? [] : [[`${labelOf(primary)}, estimated`, valueText(estimated.metrics[primary])] as const]),
    ['Rows with a truth', formatCount(window.nRows)],
  ]);
  const names = Object.keys({ ...metrics, ...estimated?.metrics });
  const rows = names.map((name) => [
    labelOf(name),
    valueText(metrics[name]),
    ...(estimated === null ? [] : [valueText(estimateError?.[name]), valueText(estimated.metrics[name])]),
  ]);
  const head = [
    'Metric',
    'From truths',
    ...(estimated === null ? [] : ['Error of the estimate on the same rows', 'Estimated for the latest rows']),
  ];
  const span =
    window.from === null || window.to === null
      ? 'No truth has come yet.'
      : `Truths are of predictions made from ${timeText(window.from)} to ${timeText(window.to)}.`;
  const decided =
    task === 'binary' ? ` Accuracy, precision, recall and F1 count positives from ${formatNumber(threshold)} on.` : '';
  const promised =
    estimated === null
      ? ''
      : ` Estimates are what the probabilities promise (CBPE) over the latest ${formatCount(estimated.nRows)} predictions: right as far as those are calibrated.`;
  return html`${now}<p>${span}${decided}${promised}</p>${scrolling(dataTable({ head, rows }))}`;
}

function timePlot({ task, history, at, metrics, estimated, window }: PerformanceReport): string {
  const primary = PRIMARY_METRIC[task];
  const points: PerformancePoint[] = [
    ...history,
    { at, nRows: window.nRows, metrics, estimated: estimated?.metrics ?? {} },
  ];
  const agoMs = points.map((point) => Date.parse(point.at) - Date.parse(at));
  const inHours = -(agoMs[0] ?? 0) > HOURS_FROM_MINUTES * MS_PER_MINUTE;
  const x = agoMs.map((ms) => ms / (inHours ? MS_PER_HOUR : MS_PER_MINUTE));
  const line = (label: string, of: (point: PerformancePoint) => MetricValues) => ({
    label,
    x,
    y: points.map((point) => of(point)[primary] ?? Number.NaN),
  });
  const lines = [
    line('From truths', (point) => point.metrics),
    ...(estimated === null ? [] : [line('Estimated', (point) => point.estimated)]),
  ];
  return linePlot({
    title: labelOf(primary),
    description: `${labelOf(primary)} from truths and as estimated, over the time that the monitor has run.`,
    width: PLOT_WIDTH,
    areaHeight: PLOT_HEIGHT,
    x: { label: `${inHours ? 'Hours' : 'Minutes'} before ${timeText(at)}`, domain: [Math.min(x[0] ?? -1, -1), 0] },
    y: { label: labelOf(primary), domain: domainOf(lines.flatMap(({ y }) => y)) },
    lines,
    empty: 'There are not two evaluations yet',
  });
}

function domainOf(values: readonly number[]): [number, number] {
  const known = values.filter(Number.isFinite);
  if (known.length === 0) return [0, 1];
  const low = Math.min(...known);
  const high = Math.max(...known);
  const margin = Math.max((high - low) * 0.1, Math.abs(high) * 0.02, Number.MIN_VALUE);
  return [low - margin, high + margin];
}

function calibration({ served, calibration: points }: PerformanceReport): string {
  if (points === null) return '';
  const { predicted, observed, nRows } = points;
  return calibrationPlot([{ label: served, predicted, observed, weight: nRows }]);
}

function segments({ task, segments: all }: PerformanceReport): Markup {
  const names = Object.keys(all[0]?.metrics ?? {}).filter((name) => name !== PRIMARY_METRIC[task]);
  const shown = [PRIMARY_METRIC[task] as string, ...names];
  const columns = [...new Set(all.map(({ column }) => column))];
  const tables = columns.map((name) =>
    dataTable({
      caption: name,
      head: ['Value', 'Rows', ...shown.map(labelOf)],
      rows: all
        .filter(({ column }) => column === name)
        .map(({ value, nRows, metrics }) => [
          value,
          formatCount(nRows),
          ...shown.map((metric) => valueText(metrics[metric])),
        ]),
    }),
  );
  return html`${tables.map(scrolling)}`;
}

function truths({ feedback: { joined, repeated, waiting, dropped } }: PerformanceReport): Markup {
  return figures([
    ['Joined', formatCount(joined)],
    ['Repeated', formatCount(repeated)],
    ['Came before their prediction', formatCount(waiting)],
    ['Dropped', formatCount(dropped)],
  ]);
}

/** A wide table moves by itself, by keys too, and not the page. */
function scrolling(table: Markup): Markup {
  return html`<div class="scroll" tabindex="0">${table}</div>`;
}

function labelOf(name: string): string {
  if (name === 'calibrationError') return 'Calibration error';
  return Object.hasOwn(METRICS, name) ? METRICS[name as MetricName].label : name;
}

function valueText(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : formatNumber(value);
}

function timeText(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}
