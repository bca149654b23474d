import { formatCount, formatPercent } from './format-number.js';
import type { Markup } from './html.js';
import { html } from './html.js';

/** A value with its rows. */
export interface BarValue {
  readonly label: string;
  readonly count: number;
  /** In [0, 1]. */
  readonly share: number;
}

/** Values with their counts as a table whose cells hold the bars; nothing where there is none. */
export function valueBars(caption: string, values: readonly BarValue[]): Markup {
  if (values.length === 0) return html``;
  const most = Math.max(...values.map(({ count }) => count), 1);
  const rows = values.map(({ label, count, share }) => {
    const width = Math.round((1000 * count) / most) / 10;
    return html`<tr><th scope="row"><span class="m" style="--w:${width}%">${label}</span><td>${formatCount(count)}<td>${formatPercent(share)}`;
  });
  return html`<table class="t bars"><caption>${caption}</caption><thead><tr><th scope="col">Value<th scope="col">Rows<th scope="col">Share</thead><tbody>${rows}</tbody></table>`;
}
