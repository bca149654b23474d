import { figures } from '../../report/figures.js';
import { formatCount, formatNumber, formatPercent } from '../../report/format-number.js';
import type { HtmlValue, Markup } from '../../report/html.js';
import { html } from '../../report/html.js';
import type { Profile, TargetProfile } from '../profile-types.js';
import { valueLabel } from './value-label.js';

const SHOWN = 15;

/** What each column alone tells of the target, best first. */
export function targetSection({ columns }: Profile, target: TargetProfile): Markup {
  const { column, task, positive, rate, ranking, nRows, isSampled } = target;
  const index = new Map(columns.map(({ name, index: at }) => [name, at]));
  const entries: [string, HtmlValue][] = [
    ['Column', html`<bdi>${valueLabel(column, 30)}</bdi>`],
    ['Task', task],
  ];
  if (positive !== null) entries.push(['Positive', html`<bdi>${valueLabel(positive, 30)}</bdi>`]);
  if (rate !== null)
    entries.push([task === 'binary' ? 'Rate' : 'Mean', task === 'binary' ? formatPercent(rate) : formatNumber(rate)]);
  const rows = ranking.slice(0, SHOWN).map(({ column: name, strength }) => {
    const width = Math.round(100 * strength);
    return html`<tr><th scope="row"><span class="m" style="--w:${width}%"><a href="#c${index.get(name) ?? 0}"><bdi>${valueLabel(name, 40)}</bdi></a></span><td>${strength.toFixed(2)}`;
  });
  const note = isSampled ? ` Of ${formatCount(nRows)} sampled rows.` : '';
  return html`${figures(entries)}<table class="t bars"><caption>How well each column alone tells the target, from 0 to 1.${note}</caption><thead><tr><th scope="col">Column<th scope="col">Strength</thead><tbody>${rows}</tbody></table>`;
}
