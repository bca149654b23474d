// Everything about one column, for the drawer and for readers without a script. No DOM.
import { dataTable } from '../../report/data-table.js';
import { figures } from '../../report/figures.js';
import { formatCount, formatNumber, formatPercent } from '../../report/format-number.js';
import type { HtmlValue, Markup } from '../../report/html.js';
import { html } from '../../report/html.js';
import { valueBars } from '../../report/value-bars.js';
import type { ColumnProfile, Histogram, ValueCount } from '../column-profile-types.js';
import type { ColumnChart } from './column-chart.js';
import type { ColumnView } from './column-view.js';
import { dateDetail } from './date-detail.js';
import { dateLabel, instantLabel } from './date-label.js';
import { measureLabel } from './measure-label.js';
import { numericDetail } from './numeric-detail.js';
import { seriesDetail } from './series-detail.js';
import { targetDetail } from './target-detail.js';
import { textDetail } from './text-detail.js';
import { valueLabel } from './value-label.js';

/** The figures, chart and tables of a column. */
export function columnDetail({ column, alerts, related }: ColumnView, chart: ColumnChart): Markup {
  const { numeric, dates, text, histogram, target, series, variants } = column;
  return html`${figures(headFigures(column))}${badges(alerts)}${spikeNote(column)}${chart(column)}${[
    numeric && column.type === 'numeric' && numericDetail(numeric),
    dates && dateDetail(dates),
    topValues(column),
    numeric && extremes(numeric.smallest, numeric.largest),
    target && targetDetail(target),
    text && textDetail(text),
    variants && variantGroups(variants),
    series && seriesDetail(series),
    relatedTable(related),
    histogram && binTable(histogram),
  ]}`;
}

function headFigures({
  count,
  missing,
  distinct,
  numeric,
  type,
  top,
  boolean,
  dates,
  text,
  mixed,
}: ColumnProfile): [string, HtmlValue][] {
  const entries: [string, HtmlValue][] = [
    ['Missing', missing.count === 0 ? 'none' : `${formatCount(missing.count)} (${formatPercent(missing.share)})`],
    ['Distinct', `${distinct.isExact ? '' : '≈ '}${formatCount(distinct.count)}`],
  ];
  const first = top?.values[0];
  if (type === 'numeric' && numeric !== undefined) {
    entries.push(['Mean', measureLabel(numeric.mean)], ['Std dev', measureLabel(numeric.std)]);
    entries.push(['Zeros', formatPercent(numeric.zeros.share)], ['Skewness', measureLabel(numeric.skewness)]);
  }
  if (type === 'categorical' && first !== undefined) {
    entries.push(['Most frequent', html`<bdi>${valueLabel(first.value, 30)}</bdi>`]);
    entries.push(['Share of it', formatPercent(first.count / count)]);
  }
  if (boolean !== undefined) entries.push(['Share true', formatPercent(boolean.shareTrue)]);
  if (type === 'constant' && first !== undefined) entries.push(['Value', html`<bdi>${valueLabel(first.value)}</bdi>`]);
  if (dates?.minimum && dates.maximum) {
    entries.push(['First', dateLabel(Date.parse(dates.minimum), dates.rangeMs)]);
    entries.push(['Last', dateLabel(Date.parse(dates.maximum), dates.rangeMs)]);
  }
  if (type === 'text' && text !== undefined) {
    entries.push(['Median length', formatNumber(text.medianLength)], ['Longest', formatCount(text.maxLength)]);
  }
  if (mixed !== undefined) entries.push(['Look like numbers', formatPercent(mixed.number.share)]);
  return entries;
}

function badges(alerts: ColumnView['alerts']): Markup {
  if (alerts.length === 0) return html``;
  return html`<p class="as">${alerts.map(({ level, text }) => html`<span class="a ${level}">${text}</span> `)}</p>`;
}

function spikeNote({ histogram, count }: ColumnProfile): Markup {
  const spike = histogram?.spike;
  if (spike === undefined || spike === null) return html``;
  const value = spike.value === null ? 'One value' : formatNumber(spike.value);
  return html`<p class="note"><b>${value}</b> fills ${formatPercent(spike.count / count)} of the rows with a value; the histogram shows the other ${formatCount(count - spike.count)}.</p>`;
}

function topValues({ top, type, storage, count }: ColumnProfile): Markup {
  if (top === undefined || top.values.length === 0 || type === 'constant') return html``;
  const bars = top.values.map(({ value, count: rows, share }) => ({
    label: storage === 'datetime' ? instantLabel(String(value)) : valueLabel(value),
    count: rows,
    share,
  }));
  if (top.other.count > 0) bars.push({ label: 'other values', ...top.other });
  const note = top.isExact ? '' : html`<p class="mu">Counts may be too low by up to ${formatCount(top.maxError)}.</p>`;
  const table = html`${valueBars('Most frequent values', bars)}${note}`;
  const isTelling = type !== 'numeric' || (top.values[0]?.count ?? 0) / count > 0.05;
  return isTelling ? table : html`<details><summary>Most frequent values</summary>${table}</details>`;
}

function extremes(smallest: readonly ValueCount[], largest: readonly ValueCount[]): Markup {
  if (smallest.length + largest.length === 0) return html``;
  const rows = (values: readonly ValueCount[]): HtmlValue[][] =>
    values.map(({ value, count }) => [valueLabel(value), formatCount(count)]);
  const head = ['Value', 'Rows'];
  return html`<details><summary>Smallest and largest values</summary><div class="two">${dataTable({ caption: 'Smallest', head, rows: rows(smallest) })}${dataTable({ caption: 'Largest', head, rows: rows(largest) })}</div></details>`;
}

function variantGroups({ groups, nGroups, rows }: NonNullable<ColumnProfile['variants']>): Markup {
  const lines = groups.map((forms) => [
    html`<bdi>${valueLabel(forms[0]?.value ?? null)}</bdi>`,
    html`<bdi>${forms
      .slice(1)
      .map(({ value, count }) => `${valueLabel(value)} (${formatCount(count)})`)
      .join(', ')}</bdi>`,
  ]);
  const note = html`<p class="note">${formatCount(nGroups)} values are written in several ways, in ${formatCount(rows.count)} rows: they differ in case or white space alone.</p>`;
  const head = ['Most frequent form', 'Other forms'];
  return html`${note}${dataTable({ caption: 'Forms of one value', head, rows: lines, isText: true })}`;
}

function relatedTable(related: ColumnView['related']): Markup {
  const rows = related.map(([name, value]) => [
    html`<bdi>${valueLabel(name)}</bdi>`,
    formatNumber(Math.round(100 * value) / 100),
  ]);
  return dataTable({ caption: 'Goes most with', head: ['Column', 'Association'], rows });
}

function binTable({ edges, counts, of }: Histogram): Markup {
  if (edges.length < 2) return html``;
  const span = (edges[edges.length - 1] as number) - (edges[0] as number);
  const end = (edge: number): string => (of === 'epochMs' ? dateLabel(edge, span) : formatNumber(edge));
  const rows = counts.map((count, i) => [end(edges[i] as number), end(edges[i + 1] as number), formatCount(count)]);
  return html`<details><summary>Bin counts as a table</summary>${dataTable({ head: ['From', 'To (below)', 'Rows'], rows })}</details>`;
}
