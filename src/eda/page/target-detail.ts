import { figures } from '../../report/figures.js';
import { formatCount, formatNumber, formatPercent } from '../../report/format-number.js';
import type { Markup } from '../../report/html.js';
import { html } from '../../report/html.js';
import type { TargetGroup, TargetRelation } from '../column-profile-types.js';

/** What a column tells of the target: its strength, and the rate or mean of the target in each of its groups with an interval. */
export function targetDetail(relation: TargetRelation): Markup {
  const { informationValue, auc, strength } = relation;
  const entries: [string, string][] = [['Strength', formatNumber(round(strength))]];
  if (auc !== null) entries.push(['AUC alone', formatNumber(round(auc))]);
  if (informationValue !== null) entries.push(['Information value', formatNumber(round(informationValue))]);
  const note = relation.isSampled && html`<p class="mu">Of ${formatCount(relation.nRows)} sampled rows.</p>`;
  return html`<h3>Relation to the target</h3>${figures(entries)}${groupTable(relation.groups)}${note}`;
}

function groupTable(groups: readonly TargetGroup[]): Markup {
  const rated = groups.filter(({ rate }) => rate !== null);
  if (rated.length === 0) return html``;
  const lows = rated.map(({ low, rate }) => low ?? rate ?? 0);
  const highs = rated.map(({ high, rate }) => high ?? rate ?? 0);
  const isRate = lows.every((low) => low >= 0) && highs.every((high) => high <= 1);
  const from = isRate ? 0 : Math.min(...lows);
  const to = Math.max(...highs);
  const place = (value: number): number => Math.round((1000 * (value - from)) / (to - from || 1)) / 10;
  const text = (value: number): string => (isRate ? formatPercent(value) : formatNumber(value));
  const rows = rated.map(({ label, count, rate, low, high }) => {
    const middle = rate ?? 0;
    const interval = html`<svg class="iv" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><path d="M${place(low ?? middle)} 5H${place(high ?? middle)}"/><path class="pt" d="M${place(middle)} 1v8"/></svg>`;
    const range = low === null || high === null ? '' : `${text(low)} – ${text(high)}`;
    return html`<tr><th scope="row"><bdi>${label ?? 'not shown'}</bdi><td>${formatCount(count)}<td>${text(middle)}<td>${range}<td class="ivc">${interval}`;
  });
  return html`<div class="x"><table class="t"><thead><tr><th scope="col">Group<th scope="col">Rows<th scope="col">${isRate ? 'Rate' : 'Mean'}<th scope="col">95% interval<td></thead><tbody>${rows}</tbody></table></div>`;
}

function round(value: number): number {
  return Math.round(1000 * value) / 1000;
}
