import { densityImage } from '../../report/density-image.js';
import { formatCount, formatNumber } from '../../report/format-number.js';
import type { Markup } from '../../report/html.js';
import { html } from '../../report/html.js';
import type { Interaction } from '../profile-types.js';
import { valueLabel } from './value-label.js';

const SHOWN = 6;

/** Pairs of numbers as heat maps of counts; never single rows. */
export function interactionsSection(interactions: readonly Interaction[]): Markup {
  if (interactions.length === 0) return html`<p>There are no two columns of numbers to lay over each other.</p>`;
  const maps = interactions.map(heatMap);
  const more = maps.slice(SHOWN);
  return html`<p class="mu">Brighter cells hold more rows, on a scale of square roots.</p><div class="maps">${maps.slice(0, SHOWN)}</div>${more.length > 0 && html`<details><summary>${more.length} more pairs</summary><div class="maps">${more}</div></details>`}`;
}

function heatMap({ x, y, xEdges, yEdges, counts, nX, nY, nOutside, nRows, isSampled }: Interaction): Markup {
  const uri = densityImage({ nX, nY, values: counts, palette: 'density' });
  const end = (edges: readonly number[], at: number): string =>
    edges.length === 0 ? '' : formatNumber(edges.at(at) as number);
  const outside = nOutside > 0 ? `; ${formatCount(nOutside)} rows lie outside` : '';
  const rows = `${formatCount(nRows)} ${isSampled ? 'sampled ' : ''}rows${outside}`;
  const [across, up] = [valueLabel(x, 30), valueLabel(y, 30)];
  return html`<figure class="hx"><figcaption><bdi>${up}</bdi> by <bdi>${across}</bdi></figcaption><div class="hy"><span>${end(yEdges, -1)}</span><span>${end(yEdges, 0)}</span></div><img class="px" width="280" height="200" alt="Counts of ${up} by ${across}: ${rows}" src="${uri}"><div class="hb"><span>${end(xEdges, 0)}</span><span>${end(xEdges, -1)}</span></div><small>${rows}</small></figure>`;
}
