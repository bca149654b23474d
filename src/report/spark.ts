// The small charts of a table row: a few hundred bytes each, without axes; the row beside them carries the numbers.
import type { Markup } from './html.js';
import { html } from './html.js';

const HEIGHT = 24;

/** Counts as steps of equal width; a value kept out of them stands apart on the left. */
export function sparkHistogram(counts: readonly number[], hasSpike: boolean): Markup {
  const most = Math.max(...counts, 1);
  let path = `M0 ${HEIGHT}`;
  let level = HEIGHT;
  let run = 0;
  for (const count of counts) {
    const y = HEIGHT - (count > 0 ? Math.max(1, Math.round((count / most) * (HEIGHT - 1))) : 0);
    if (y !== level) {
      if (run > 0) path += `h${run}`;
      path += `V${y}`;
      run = 0;
      level = y;
    }
    run++;
  }
  path += `h${run}V${HEIGHT}`;
  const gap = hasSpike ? Math.max(1, Math.round(counts.length * 0.07)) : 0;
  const spike = hasSpike && html`<path class="k" d="M${-2 * gap} 0h${gap}v${HEIGHT}h${-gap}"/>`;
  return html`<svg class="s" viewBox="${-2 * gap} 0 ${counts.length + 2 * gap} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${spike}<path d="${path}"/></svg>`;
}

/** Shares of a whole as one split bar; what is left to 1 is drawn as other. */
export function sparkShares(shares: readonly number[]): Markup {
  const rest = 1 - shares.reduce((sum, share) => sum + share, 0);
  const parts = shares.map((share) => html`<b style="flex:${tenths(share)}"></b>`);
  return html`<div class="f" aria-hidden="true">${parts}${rest > 0.005 && html`<b class="o" style="flex:${tenths(rest)}"></b>`}</div>`;
}

function tenths(share: number): number {
  return Math.max(1, Math.round(1000 * share)) / 10;
}
