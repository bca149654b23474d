// One column of a drift report: its measures beside both distributions.
import type { ColumnDistribution, ColumnDrift } from '../../drift/drift-report.js';
import { formatCount, formatNumber, formatPercent } from '../../report/format-number.js';
import { histogramChart } from '../../report/histogram-chart.js';
import { type HtmlValue, html, type Markup } from '../../report/html.js';
import { measureLabel } from './measure-label.js';
import { valueLabel } from './value-label.js';

const CHART = { width: 280, height: 130 };
const NAME_LENGTH = 80;

/** @param prefix of the anchor: columns and outcomes may share names */
export function driftColumn(column: ColumnDrift, prefix: string): Markup {
  const rows = linesOf(column).map(([name, value]) => html`<tr><th scope="row">${name}<td>${value}`);
  const badge = column.isDrifted && html`<span class="a bad">drifted</span>`;
  return html`<section class="dt cp" id="${anchor(column.name, prefix)}"><h3><bdi>${valueLabel(column.name, NAME_LENGTH)}</bdi> ${badge}</h3><div class="two"><div class="x"><table class="t"><tbody>${rows}</tbody></table></div>${
    column.distribution !== null && distributions(column.name, column.distribution)
  }</div></section>`;
}

function linesOf({
  measure,
  value,
  pValue,
  adjustedPValue,
  threshold,
  falseAlarmRate,
  measures,
  quality,
}: ColumnDrift): [string, HtmlValue][] {
  const isTest = pValue !== null;
  const { missing, below, above, unseen, mistyped } = quality;
  const lines: [string, HtmlValue][] = [
    ['Rows', formatCount(quality.nCurrent)],
    ['Missing, before → now', `${formatPercent(missing.reference)} → ${formatPercent(missing.current)}`],
  ];
  if (measure !== null) {
    lines.push([measure, measureLabel(value)]);
    if (isTest) lines.push(['p', measureLabel(pValue)]);
    if (adjustedPValue !== pValue) lines.push(['p, adjusted', measureLabel(adjustedPValue)]);
    lines.push([isTest ? 'Drift at a p of at most' : 'Drift from', formatNumber(threshold)]);
    lines.push(['By chance, at most', falseAlarmRate === null ? '–' : formatPercent(falseAlarmRate)]);
  }
  for (const [name, also] of Object.entries(measures)) lines.push([name, measureLabel(also)]);
  if (below > 0) lines.push(['Below the range', formatPercent(below)]);
  if (above > 0) lines.push(['Above the range', formatPercent(above)]);
  if (mistyped > 0) lines.push(['Of another type', formatPercent(mistyped)]);
  if (unseen.share > 0) lines.push(['New categories', formatPercent(unseen.share)]);
  if (unseen.values.length > 0)
    lines.push(['Such as', unseen.values.slice(0, 5).map((name) => html`<bdi>${valueLabel(name, 30)}</bdi> `)]);
  return lines;
}

function distributions(name: string, distribution: ColumnDistribution): Markup {
  const { kind, reference, current } = distribution;
  const percents = (shares: readonly number[]): number[] => shares.map((share) => Math.round(1e4 * share) / 100);
  if (kind === 'categorical') return categories(distribution);
  const chart = histogramChart(
    {
      description: `${name}: current rows as bars, the reference as outline, in percent`,
      edges: distribution.edges,
      counts: percents(current),
      outline: percents(reference),
      isInteger: false,
    },
    CHART.width,
    CHART.height,
  );
  return html`<figure class="ov"><figcaption>Current (bars) on reference (line), % of values</figcaption>${chart}</figure>`;
}

function categories({
  categories: names,
  reference,
  current,
}: Extract<ColumnDistribution, { kind: 'categorical' }>): Markup {
  const most = Math.max(...reference, ...current, 1e-9);
  const rows = names.map((name, i) => {
    const [before, now] = [reference[i] as number, current[i] as number];
    const label = name === null ? 'all others' : valueLabel(name, 40);
    const width = Math.round((1000 * now) / most) / 10;
    return html`<tr><th scope="row"><span class="m" style="--w:${width}%">${label}</span><td>${formatPercent(before)}<td>${formatPercent(now)}`;
  });
  return html`<table class="t bars" style="max-width:420px"><caption>Bars: current</caption><thead><tr><th scope="col">Category<th scope="col">Reference<th scope="col">Current</thead><tbody>${rows}</tbody></table>`;
}

/** Any name as an anchor: letters and digits stay, other characters become their code points. */
function anchor(name: string, prefix: string): string {
  return `${prefix}-${name.slice(0, NAME_LENGTH).replace(/[^A-Za-z0-9]/g, (character) => `_${character.charCodeAt(0)}`)}`;
}
