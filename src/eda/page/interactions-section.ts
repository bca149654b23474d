import { densityImage } from '../../report/density-image.js';
import { formatCount, formatNumber } from '../../report/format-number.js';
import type { Markup } from '../../report/html.js';
import { html } from '../../report/html.js';
import type { ColumnProfile } from '../column-profile-types.js';
import type { Interaction, Profile } from '../profile-types.js';
import { dateLabel } from './date-label.js';
import { valueLabel } from './value-label.js';

const SHOWN = 6;

/** Pairs of numbers as heat maps of counts; never single rows. */
export function interactionsSection({ interactions, columns }: Profile): Markup {
  if (interactions.length === 0) return html`<p>There are no two columns of numbers to lay over each other.</p>`;
  const byName = new Map(columns.map((column) => [column.name, column]));
  const maps = interactions.map((interaction) => heatMap(interaction, byName));
  const more = maps.slice(SHOWN);
  return html`<p class="mu">Brighter cells hold more rows, on a scale of square roots.</p><div class="maps">${maps.slice(0, SHOWN)}</div>${more.length > 0 && html`<details><summary>${more.length} more pairs</summary><div class="maps">${more}</div></details>`}`;
}

function heatMap(interaction: Interaction, columns: ReadonlyMap<string, ColumnProfile>): Markup {
  const { x, y, xEdges, yEdges, counts, nX, nY, nOutside, nRows, isSampled } = interaction;
  const uri = densityImage({ nX, nY, values: counts, palette: 'density' });
  const outside = nOutside > 0 ? `; ${formatCount(nOutside)} rows lie outside` : '';
  const rows = `${formatCount(nRows)} ${isSampled ? 'sampled ' : ''}rows${outside}`;
  const [across, up] = [valueLabel(x, 30), valueLabel(y, 30)];
  return html`<figure class="hx"><figcaption><bdi>${up}</bdi> by <bdi>${across}</bdi></figcaption><div class="hy"><span>${end(yEdges, -1, columns.get(y))}</span><span>${end(yEdges, 0, columns.get(y))}</span></div><img class="px" width="280" height="200" alt="Counts of ${up} by ${across}: ${rows}" src="${uri}"><div class="hb"><span>${end(xEdges, 0, columns.get(x))}</span><span>${end(xEdges, -1, columns.get(x))}</span></div><small>${rows}</small></figure>`;
}

/** The first (0) or last (-1) edge as a label: of integers, which are in the middle of their bins, the outermost one. */
function end(edges: readonly number[], at: 0 | -1, column: ColumnProfile | undefined): string {
  const edge = edges.at(at);
  if (edge === undefined) return '';
  if (column?.type === 'datetime') return dateLabel(edge, (edges.at(-1) as number) - (edges[0] as number));
  const { isInteger, minimum, maximum } = column?.numeric ?? {};
  if (isInteger !== true || !edge.toString().endsWith('.5')) return formatNumber(edge);
  const whole = at === 0 ? Math.max(edge + 0.5, minimum ?? edge + 0.5) : Math.min(edge - 0.5, maximum ?? edge - 0.5);
  return formatNumber(whole);
}
