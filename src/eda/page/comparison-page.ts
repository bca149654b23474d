// Several profiles side by side as one HTML file: what changed in which column, and distributions laid over each other.
import { formatCount, formatNumber, formatPercent } from '../../report/format-number.js';
import { histogramChart } from '../../report/histogram-chart.js';
import type { HtmlValue } from '../../report/html.js';
import { html, type Markup } from '../../report/html.js';
import { page } from '../../report/page.js';
import type { ColumnProfile } from '../column-profile-types.js';
import type { ComparedColumn, ProfileComparison } from '../profile-types.js';
import { columnTypeName } from './column-type-name.js';
import { measureLabel } from './measure-label.js';
import { profileCss } from './profile-css.js';
import { PAGE_LIMIT_BYTES } from './profile-page.js';
import { valueLabel } from './value-label.js';

const CHART = { width: 280, height: 110 };
const NAME_LENGTH = 80;

/** What each profile says of a column, a line each. */
const LINES: readonly (readonly [name: string, text: (column: ColumnProfile) => HtmlValue])[] = [
  ['Type', columnTypeName],
  ['Missing', ({ missing }) => (missing.count === 0 ? '0' : formatPercent(missing.share))],
  ['Distinct', ({ distinct }) => `${distinct.isExact ? '' : '≈ '}${formatNumber(distinct.count)}`],
  ['Mean', ({ numeric, type }) => (type === 'numeric' ? measureLabel(numeric?.mean) : '')],
  ['Std dev', ({ numeric, type }) => (type === 'numeric' ? measureLabel(numeric?.std) : '')],
  ['Median', ({ numeric, type }) => (type === 'numeric' ? measureLabel(numeric?.quantiles?.q50) : '')],
  ['Most frequent', ({ top, type }) => (type === 'numeric' || top === undefined ? '' : mostFrequent(top.values))],
];

/** The page of a comparison, under a megabyte: columns that changed come first, and the last ones are left out where there are too many. */
export function comparisonPage(comparison: ProfileComparison): string {
  const columns = [...comparison.columns].sort((a, b) => b.changes.length - a.changes.length);
  for (let kept = columns.length; ; kept = Math.floor(kept / 2)) {
    const text = draw(comparison, columns.slice(0, kept));
    if (kept === 0 || Buffer.byteLength(text) <= PAGE_LIMIT_BYTES) return text;
  }
}

function draw(comparison: ProfileComparison, columns: readonly ComparedColumn[]): string {
  const { names, profiles } = comparison;
  const left = comparison.columns.length - columns.length;
  const note = left > 0 && html`<p class="note">The ${formatCount(left)} columns that changed least are left out.</p>`;
  return page({
    title: names.join(' and '),
    subtitle: `${names.length} profiles side by side; ${names[0]} is the reference`,
    sections: [
      { id: 'overview', title: 'Overview', body: overviewTable(comparison).text },
      { id: 'changes', title: 'What changed', body: changesList(comparison.columns).text },
      {
        id: 'columns',
        title: 'Columns',
        body: html`${note}${columns.map((column) => columnPart(column, names))}`.text,
      },
      { id: 'alerts', title: 'Alerts', body: alertLists(names, profiles).text },
    ],
    styles: profileCss(),
  });
}

function overviewTable({ names, profiles }: ProfileComparison): Markup {
  const lines: [string, (at: ProfileComparison['profiles'][number]) => string][] = [
    ['Rows', ({ overview }) => formatCount(overview.nRows)],
    ['Columns', ({ overview }) => formatCount(overview.nColumns)],
    ['Missing cells', ({ overview }) => formatPercent(overview.missingCells.share)],
    ['Duplicate rows', ({ overview }) => formatCount(overview.duplicateRows.count)],
    ['Alerts', ({ overview }) => formatCount(overview.nAlerts)],
    ['Source', ({ reproduction }) => reproduction.source ?? 'not said'],
    ['Profiled', ({ reproduction }) => reproduction.startedAt.slice(0, 16).replace('T', ' ')],
  ];
  const rows = lines.map(
    ([name, text]) => html`<tr><th scope="row">${name}${profiles.map((each) => html`<td>${text(each)}`)}`,
  );
  return html`<div class="x"><table class="t"><thead><tr><td class="z">${heads(names)}</thead><tbody>${rows}</tbody></table></div>`;
}

function changesList(columns: readonly ComparedColumn[]): Markup {
  const changed = columns.filter(({ changes }) => changes.length > 0);
  if (changed.length === 0) return html`<p>Every column is alike in type, gaps, range and levels.</p>`;
  const lines = changed.slice(0, 100).map(({ name, changes }) => {
    const badges = changes.map((change) => html`<span class="a warn">${change}</span> `);
    return html`<li><a href="#${columnAnchor(name)}"><bdi>${valueLabel(name, NAME_LENGTH)}</bdi></a><span>${badges}</span>`;
  });
  const more = changed.length > 100 && html`<p class="mu">And ${formatCount(changed.length - 100)} more.</p>`;
  return html`<ul class="al">${lines}</ul>${more}`;
}

function columnPart(column: ComparedColumn, names: readonly string[]): Markup {
  const { name, profiles, changes } = column;
  const badges = changes.map((change) => html`<span class="a warn">${change}</span> `);
  const rows = LINES.map(([line, text]) => [line, profiles.map((each) => (each === null ? '–' : text(each)))] as const)
    .filter(([, cells]) => cells.some((cell) => cell !== '' && cell !== '–'))
    .map(([line, cells]) => html`<tr><th scope="row">${line}${cells.map((cell) => html`<td>${cell}`)}`);
  return html`<section class="dt cp" id="${columnAnchor(name)}"><h3><bdi>${valueLabel(name, NAME_LENGTH)}</bdi> ${badges}</h3><div class="two"><div class="x"><table class="t"><thead><tr><td class="z">${heads(names)}</thead><tbody>${rows}${driftRows(column)}</tbody></table></div>${overlays(column, names)}</div></section>`;
}

/** Measures against the reference, which has none. */
function driftRows({ drift }: ComparedColumn): Markup[] {
  const measures = [...new Set((drift ?? []).flatMap((each) => Object.keys(each ?? {})))];
  return measures.map((name) => {
    const cells = (drift ?? []).map((each) => html`<td>${measureLabel(each?.[name])}`);
    return html`<tr><th scope="row">${name}${cells}`;
  });
}

/** Each profile's shares as bars, the reference's as an outline. */
function overlays({ overlay, name }: ComparedColumn, names: readonly string[]): Markup[] {
  if (overlay === null || overlay.edges.length < 2) return [];
  const reference = overlay.shares[0] ?? undefined;
  return overlay.shares.slice(1).map((shares, i) => {
    if (shares === null) return html``;
    const percents = (list: readonly number[]): number[] => list.map((share) => Math.round(1e4 * share) / 100);
    const chart = histogramChart(
      {
        description: `${name}: ${names[i + 1]} as bars, ${names[0]} as outline, in percent of rows`,
        edges: overlay.edges,
        counts: percents(shares),
        outline: reference && percents(reference),
        isInteger: false,
      },
      CHART.width,
      CHART.height,
    );
    return html`<figure class="ov"><figcaption>${names[i + 1]} (bars) on ${names[0]} (line), % of rows</figcaption>${chart}</figure>`;
  });
}

function alertLists(names: readonly string[], profiles: ProfileComparison['profiles']): Markup {
  const lists = profiles.map(({ alerts }, i) => {
    const lines = alerts
      .slice(0, 50)
      .map(
        ({ column, level, text }) =>
          html`<li><span><bdi>${column ?? 'The table'}</bdi></span><span class="a ${level}">${text}</span>`,
      );
    return html`<details><summary>${names[i]}: ${formatCount(alerts.length)}</summary><ul class="al">${lines}</ul></details>`;
  });
  return html`${lists}`;
}

function heads(names: readonly string[]): Markup[] {
  return names.map((name) => html`<th scope="col">${name}`);
}

/** Any name as an anchor: letters and digits stay, other characters become their code points. */
function columnAnchor(name: string): string {
  return `k-${name.slice(0, NAME_LENGTH).replace(/[^A-Za-z0-9]/g, (character) => `_${character.charCodeAt(0)}`)}`;
}

function mostFrequent(
  values: readonly { readonly value: string | number | boolean | null; readonly share: number }[],
): HtmlValue {
  const first = values[0];
  return first === undefined ? '' : html`<bdi>${valueLabel(first.value, 24)}</bdi> ${formatPercent(first.share)}`;
}
