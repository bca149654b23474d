// A drift report as one HTML file: what drifted, by how much, how often that happens by chance, and both distributions.
import type { ColumnDrift, DriftReport, QualityChange } from '../../drift/drift-report.js';
import { figures } from '../../report/figures.js';
import { formatCount, formatNumber, formatPercent } from '../../report/format-number.js';
import { type HtmlValue, html, type Markup } from '../../report/html.js';
import { page } from '../../report/page.js';
import { driftColumn } from './drift-column.js';
import { measureLabel } from './measure-label.js';
import { profileCss } from './profile-css.js';
import { PAGE_LIMIT_BYTES } from './profile-page.js';
import { valueLabel } from './value-label.js';

/** What a change of data quality is called. */
const CHANGES: Readonly<Record<QualityChange, string>> = {
  missing: 'missing',
  range: 'out of range',
  categories: 'new categories',
  type: 'other types',
};

/** How the page is headed. */
export interface DriftPageOptions {
  readonly title?: string | undefined;
}

/** The page of a report, under a megabyte: drifted columns come first, and the last ones are left out where there are too many. */
export function driftPage(report: DriftReport, { title = 'Drift' }: DriftPageOptions = {}): string {
  const columns = [...report.columns].sort((a, b) => urgency(b) - urgency(a));
  for (let kept = columns.length; ; kept = Math.floor(kept / 2)) {
    const text = draw(report, title, columns.slice(0, kept));
    if (kept === 0 || Buffer.byteLength(text) <= PAGE_LIMIT_BYTES) return text;
  }
}

/** Drifted columns before those whose quality changed, and those nearest to their threshold first. */
function urgency({ isDrifted, quality, value, adjustedPValue, threshold }: ColumnDrift): number {
  const nearness = adjustedPValue === null ? (value ?? 0) / threshold : 1 - adjustedPValue;
  return (isDrifted ? 2e6 : 0) + (quality.changes.length > 0 ? 1e6 : 0) + Math.min(1e5, nearness);
}

function draw(report: DriftReport, title: string, columns: readonly ColumnDrift[]): string {
  const { model, reference, current, score, prediction, target } = report;
  const outcomes = [score, prediction, target].filter((column) => column !== null);
  const left = report.columns.length - columns.length;
  const note = left > 0 && html`<p class="note">The ${formatCount(left)} columns that drifted least are left out.</p>`;
  const name = model === null ? '' : `${model.name}, version ${model.version}: `;
  return page({
    title,
    subtitle: `${name}${formatCount(current.nRows)} current rows against ${formatCount(reference.nRows)} of the reference`,
    sections: [
      { id: 'overview', title: 'Overview', body: overview(report).text },
      ...(outcomes.length === 0
        ? []
        : [
            {
              id: 'outcomes',
              title: 'Scores and labels',
              body: html`${outcomes.map((column) => driftColumn(column, 'o'))}`.text,
            },
          ]),
      ...togetherSection(report),
      { id: 'summary', title: 'Summary', body: summaryTable(columns).text },
      { id: 'columns', title: 'Columns', body: html`${note}${columns.map((column) => driftColumn(column, 'k'))}`.text },
      { id: 'settings', title: 'Settings', body: settingsList(report).text },
    ],
    styles: profileCss(),
  });
}

function overview({ isDrifted, drifted, settings, current, columns, score, prediction, target }: DriftReport): Markup {
  const changed = columns.filter(({ quality }) => quality.changes.length > 0).length;
  const list: readonly (readonly [string, HtmlValue])[] = [
    ['Verdict', isDrifted ? 'drifted' : 'no drift'],
    ['Drifted columns', `${drifted.count} of ${drifted.of}`],
    ['Expected by chance, at most', formatNumber(drifted.expectedFalse)],
    ['Data quality changed in', `${changed} of ${columns.length}`],
  ];
  const outcomes = [score, prediction, target].filter((column) => column?.isDrifted === true);
  const period =
    current.from !== null && current.to !== null && `Rows from ${time(current.from)} to ${time(current.to)} (UTC). `;
  return html`${figures(list, 'kpi')}<p class="mu">${period}The whole has drifted where ${formatPercent(settings.driftShare)} of the columns have.${
    outcomes.length > 0 &&
    html` ${outcomes.map((column) => html`<span class="a warn">${column?.name ?? ''} drifted</span> `)}`
  }</p>`;
}

function time(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

function togetherSection({
  multivariate: { classifier, reconstruction },
}: DriftReport): { id: string; title: string; body: string }[] {
  if (classifier === null && reconstruction === null) return [];
  const rows: (readonly [string, HtmlValue])[] = [];
  if (classifier !== null) {
    const { auc, interval, band, importance } = classifier;
    rows.push(['Domain classifier', badge(classifier.isDrifted)]);
    rows.push([
      'AUC, with its 95 % interval',
      `${auc.toFixed(3)} (${interval[0].toFixed(3)} to ${interval[1].toFixed(3)})`,
    ]);
    rows.push(['No drift between', `${band[0]} and ${band[1]}`]);
    const names = importance
      .slice(0, 5)
      .map(({ name, share }) => html`<bdi>${valueLabel(name, 40)}</bdi> ${formatPercent(share)} `);
    rows.push(['Told apart by', names]);
  }
  if (reconstruction !== null) {
    const { error, band, nComponents } = reconstruction;
    rows.push(['Reconstruction', badge(reconstruction.isDrifted)]);
    rows.push([`Error from ${nComponents} components`, formatNumber(error)]);
    rows.push(['No drift between', `${formatNumber(band[0])} and ${formatNumber(band[1])}`]);
  }
  const body = html`<div class="x"><table class="t words"><tbody>${rows.map(([name, value]) => html`<tr><th scope="row">${name}<td>${value}`)}</tbody></table></div>`;
  return [{ id: 'together', title: 'All columns together', body: body.text }];
}

function badge(isDrifted: boolean): Markup {
  return html`<span class="a ${isDrifted ? 'bad' : 'info'}">${isDrifted ? 'drifted' : 'no drift'}</span>`;
}

function summaryTable(columns: readonly ColumnDrift[]): Markup {
  const rows = columns.map((column) => {
    const { name, measure, value, adjustedPValue, threshold, isDrifted, falseAlarmRate, quality } = column;
    const changes = quality.changes.map((change) => html`<span class="a warn">${CHANGES[change]}</span> `);
    return html`<tr><th scope="row"><bdi>${valueLabel(name, 60)}</bdi> ${isDrifted && html`<span class="a bad">drifted</span> `}${changes}<td>${measure ?? '–'}<td>${measureLabel(value)}<td>${measureLabel(adjustedPValue)}<td>${measure === null ? '–' : formatNumber(threshold)}<td>${falseAlarmRate === null ? '–' : formatPercent(falseAlarmRate)}`;
  });
  return html`<div class="x"><table class="t"><thead><tr><th scope="col">Column<th scope="col">Measure<th scope="col">Value<th scope="col">p<th scope="col">Threshold<th scope="col">By chance, at most</thead><tbody>${rows}</tbody></table></div>`;
}

function settingsList({ settings }: DriftReport): Markup {
  const rows = Object.entries(settings).map(
    ([name, value]) => html`<tr><th scope="row">${name}<td>${String(value ?? 'each measure’s own')}`,
  );
  return html`<div class="x"><table class="t words"><tbody>${rows}</tbody></table></div>`;
}
