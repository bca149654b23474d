// A histogram with axes, for pages: drawn on the server and, at the width there is, in the page itself. No DOM.
import { ticks as niceTicks } from 'd3-array';
import { formatTicks } from './format-number.js';
import type { Markup } from './html.js';
import { html } from './html.js';

const LEFT = 46;
const RIGHT = 18;
const TOP = 14;
const BOTTOM = 26;

/** A line across the bars. */
export interface HistogramMark {
  readonly at: number;
  readonly label: string;
}

/** What a histogram shows. */
export interface HistogramChart {
  /** Says what is shown, for those who do not see it. */
  readonly description: string;
  /** Ascending, one more than counts. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** Whole numbers: ticks stand at the middle of their bins. */
  readonly isInteger: boolean;
  readonly mark?: HistogramMark | undefined;
  /** Outline behind the bars, in the scale of counts, such as of a reference. */
  readonly outline?: readonly number[] | undefined;
  /** Labels and positions of ticks; evenly spaced round numbers where absent. */
  readonly ticks?: readonly { readonly at: number; readonly label: string }[] | undefined;
}

/** The chart as SVG markup. */
export function histogramChart(chart: HistogramChart, width = 560, height = 200): Markup {
  const { edges, counts, mark, outline } = chart;
  const low = edges[0] as number;
  const high = edges[edges.length - 1] as number;
  const bottom = height - BOTTOM;
  const yTicks = niceTicks(0, Math.max(1, ...counts, ...(outline ?? [])), 4).filter(Number.isInteger);
  const top = Math.max(1, ...counts, ...(outline ?? []), yTicks[yTicks.length - 1] ?? 1);
  const x = (value: number): number => px(LEFT + ((value - low) / (high - low || 1)) * (width - LEFT - RIGHT));
  const y = (count: number): number => px(bottom - (count / top) * (bottom - TOP));
  const marked =
    mark !== undefined && mark.at >= low && mark.at <= high && markMarkup(x(mark.at), mark.label, bottom, width);
  return html`<svg class="h" viewBox="0 0 ${width} ${height}" role="img" aria-label="${chart.description}"><path class="g" d="${yTicks.map((tick) => `M${LEFT} ${y(tick)}H${width - RIGHT}`).join('')}"/><path class="b" d="${bars(chart, x, y, bottom)}"/>${outline && html`<path class="o" d="${steps(edges, outline, x, y)}"/>`}${marked}<g>${yLabels(yTicks, y)}${xLabels(chart, x, width, height)}</g></svg>`;
}

type Scale = (value: number) => number;

function bars({ edges, counts }: HistogramChart, x: Scale, y: Scale, bottom: number): string {
  const gap = x(edges[1] as number) - x(edges[0] as number) > 4 ? 0.75 : 0;
  return counts
    .map((count, i) => {
      if (count === 0) return '';
      const from = px(x(edges[i] as number) + gap);
      const to = px(x(edges[i + 1] as number) - gap);
      return `M${from} ${bottom}V${Math.min(y(count), bottom - 1)}H${to}V${bottom}`;
    })
    .join('');
}

function steps(edges: readonly number[], counts: readonly number[], x: Scale, y: Scale): string {
  const lines = counts.map((count, i) => `V${y(count)}H${x(edges[i + 1] as number)}`);
  return `M${x(edges[0] as number)} ${y(0)}${lines.join('')}V${y(0)}`;
}

function markMarkup(at: number, label: string, bottom: number, width: number): Markup {
  const isLeft = at > width / 2;
  const place = isLeft ? at - 5 : at + 5;
  return html`<path class="mh" d="M${at} ${TOP}V${bottom}"/><path class="md" d="M${at} ${TOP}V${bottom}"/><text class="ml" x="${place}" y="${TOP + 4}"${isLeft && html` text-anchor="end"`}>${label}</text>`;
}

function yLabels(ticks: readonly number[], y: Scale): Markup[] {
  const labels = formatTicks(ticks);
  return ticks.map((tick, i) => html`<text x="${LEFT - 6}" y="${y(tick) + 4}" text-anchor="end">${labels[i]}</text>`);
}

function xLabels(chart: HistogramChart, x: Scale, width: number, height: number): Markup[] {
  const ticks = chart.ticks ?? numberTicks(chart, width);
  return ticks.map(({ at, label }, i) => {
    const anchor = i === ticks.length - 1 && x(at) > width - RIGHT - 14 ? 'end' : 'middle';
    return html`<text x="${anchor === 'end' ? width - 2 : x(at)}" y="${height - 8}" text-anchor="${anchor}">${label}</text>`;
  });
}

function numberTicks({ edges, isInteger }: HistogramChart, width: number): { at: number; label: string }[] {
  const low = edges[0] as number;
  const high = edges[edges.length - 1] as number;
  const found = niceTicks(low, high, width < 420 ? 4 : 7).filter((tick) => !isInteger || Number.isInteger(tick));
  const labels = formatTicks(found);
  return found.map((at, i) => ({ at, label: labels[i] as string }));
}

/** One decimal is finer than a screen. */
function px(value: number): number {
  return Math.round(value * 10) / 10;
}
