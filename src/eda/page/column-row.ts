// One column as a row of the table of variables; rendered on the server, and in the page for columns past the first ones.
import { formatNumber, formatPercent } from '../../report/format-number.js';
import type { HtmlValue, Markup } from '../../report/html.js';
import { html } from '../../report/html.js';
import { sparkHistogram, sparkShares } from '../../report/spark.js';
import type { ColumnProfile, TextStatistics } from '../column-profile-types.js';
import { columnTypeName } from './column-type-name.js';
import type { ColumnView } from './column-view.js';
import { dateLabel } from './date-label.js';
import { valueLabel } from './value-label.js';

const BADGES = 2;
const SHARES = 6;
const LONGEST_NAME = 120;

/** A row; `hasTarget` adds the cell of what the column tells of the target. */
export function columnRow({ column, alerts }: ColumnView, hasTarget: boolean): Markup {
  const { name, index, missing, distinct, target } = column;
  const numeric = column.type === 'numeric' ? column.numeric : undefined;
  const badges = alerts.slice(0, BADGES).map(({ level, text }) => html`<span class="a ${level}">${text}</span>`);
  const cells: HtmlValue[] = [
    optional(numeric?.quantiles?.q50),
    optional(numeric?.mean),
    optional(numeric?.std),
    `${distinct.isExact ? '' : '≈ '}${formatNumber(distinct.count)}`,
    missing.count === 0 ? html`<span class="z">0</span>` : meter(missing.share, formatPercent(missing.share)),
    ...(hasTarget ? [target === undefined ? '' : meter(target.strength, formatNumber(round(target.strength)))] : []),
  ];
  return html`<tr><th scope="row"><a href="#c${index}"><bdi>${valueLabel(name, LONGEST_NAME)}</bdi></a><small>${columnTypeName(column)}</small>${badges}<td class="d">${distribution(column)}${cells.map((cell) => html`<td class="w">${cell}`)}`;
}

function lengths({ minLength, maxLength }: TextStatistics): string {
  const longest = `${formatNumber(maxLength)} ${maxLength === 1 ? 'character' : 'characters'}`;
  return minLength === maxLength ? longest : `${formatNumber(minLength)} – ${longest}`;
}

function distribution(column: ColumnProfile): Markup {
  const { type, histogram, top, count, text } = column;
  if (count === 0) return html`<small>no value</small>`;
  if (type === 'constant') return html`<small>always ${value(top?.values[0]?.value ?? null)}</small>`;
  if (type === 'unsupported') return html`<small>cells of no supported type</small>`;
  if (histogram !== undefined && (type === 'numeric' || type === 'datetime' || type === 'text')) {
    const chart = sparkHistogram(histogram.counts, histogram.spike !== null);
    return html`${chart}<small>${text !== undefined && type === 'text' ? lengths(text) : range(column)}</small>`;
  }
  const shares = (top?.values ?? []).slice(0, SHARES).map((each) => each.count / count);
  const first = top?.values[0];
  return html`${sparkShares(shares)}<small>${first && html`${value(first.value)} ${formatPercent(first.count / count)}`}</small>`;
}

function range({ numeric, dates, histogram, count }: ColumnProfile): HtmlValue {
  if (dates !== undefined) {
    if (dates.minimum === null || dates.maximum === null) return '';
    const end = (text: string): string => dateLabel(Date.parse(text), dates.rangeMs);
    return `${end(dates.minimum)} – ${end(dates.maximum)}`;
  }
  const spike = histogram?.spike;
  const isApart = spike !== undefined && spike !== null;
  const most = isApart ? `${formatPercent(spike.count / count)} are ${spikeLabel(spike.value)}; rest ` : '';
  const low = isApart && numeric?.minimum === spike.value ? histogram?.edges[0] : numeric?.minimum;
  if (low === undefined || low === null || numeric?.maximum === null || numeric === undefined) return most;
  return `${most}${formatNumber(low)} – ${formatNumber(numeric.maximum)}`;
}

function spikeLabel(spike: number | null): string {
  return spike === null ? 'one value' : formatNumber(spike);
}

function value(cell: string | number | boolean | null): Markup {
  return html`<bdi>${valueLabel(cell, 24)}</bdi>`;
}

function optional(number: number | null | undefined): string {
  return number === null || number === undefined ? '' : formatNumber(number);
}

function meter(share: number, label: string): Markup {
  const width = Math.max(2, Math.round(100 * share));
  return html`${label}<span class="mw"><b style="width:${width}%"></b></span>`;
}

function round(strength: number): number {
  return Math.round(100 * strength) / 100;
}
