import { formatCount, formatPercent } from '../../report/format-number.js';
import type { Markup } from '../../report/html.js';
import { html } from '../../report/html.js';
import type { MissingProfile } from '../profile-types.js';
import { associationMatrix } from './associations-section.js';
import { valueLabel } from './value-label.js';

const SHOWN = 60;
const STEPS = 5;

/** Where values are missing: a strip a column over the rows, and which columns miss together. */
export function missingSection({ columns, matrix, heatmap }: MissingProfile): Markup {
  const gaps = columns.filter(({ missing }) => missing.count > 0).sort((a, b) => b.missing.count - a.missing.count);
  if (gaps.length === 0) return html`<p>Every cell is filled.</p>`;
  const blocks = new Map(matrix.columns.map((name, at) => [name, matrix.shares[at] ?? []]));
  const strips = gaps.slice(0, SHOWN).map(({ column, missing }) => {
    const shares = blocks.get(column) ?? [];
    const share = formatPercent(missing.share);
    return html`<li><span><bdi>${valueLabel(column, 40)}</bdi></span>${strip(shares, share)}<span class="r">${share}</span>`;
  });
  const complete = columns.length - gaps.length;
  const rest = gaps.length > SHOWN ? ` ${formatCount(gaps.length - SHOWN)} more have gaps too.` : '';
  return html`<p class="mu">Each strip is the table from the first row (left) to the last (right), ${formatCount(matrix.rowsPerBlock)} rows a step; ${formatCount(complete)} columns are complete and not shown.${rest}</p><ul class="mm">${strips}</ul>${heatmap.columns.length > 1 && associationMatrix(heatmap, 'Correlation of being missing')}`;
}

/** Shares of missing values as runs of one shade. */
function strip(shares: readonly number[], label: string): Markup {
  const shade = (share: number): number => (share <= 0.002 ? 0 : Math.max(1, Math.ceil(Math.sqrt(share) * STEPS)));
  const paths = new Map<number, string>();
  for (let from = 0; from < shares.length; ) {
    const level = shade(shares[from] as number);
    let to = from;
    while (to < shares.length && shade(shares[to] as number) === level) to++;
    if (level > 0) paths.set(level, `${paths.get(level) ?? ''}M${from} 0h${to - from}v1H${from}z`);
    from = to;
  }
  const marks = [...paths].map(([level, path]) => html`<path opacity="${level / STEPS}" d="${path}"/>`);
  return html`<svg viewBox="0 0 ${Math.max(1, shares.length)} 1" preserveAspectRatio="none" role="img" aria-label="${label} missing, over the rows">${marks}</svg>`;
}
