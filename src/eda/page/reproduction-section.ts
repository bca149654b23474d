import { dataTable } from '../../report/data-table.js';
import { formatCount, formatNumber } from '../../report/format-number.js';
import type { HtmlValue, Markup } from '../../report/html.js';
import { html } from '../../report/html.js';
import type { Profile } from '../profile-types.js';

/** How the profile was made, so that it can be made again; and features that are ready to be edited. */
export function reproductionSection({ reproduction, features }: Profile): Markup {
  const { version, startedAt, durationMs, source, options, alertThresholds, seed, sampleRows, nThreads } = reproduction;
  const rows: HtmlValue[][] = [
    ['Made by', `tabwright ${version}`],
    ['Source', source ?? 'not said'],
    ['Started', startedAt],
    ['Took', `${formatNumber(durationMs / 1000)} s on ${threads(nThreads)}`],
    ['Seed', String(seed)],
    ['Rows sampled for associations', formatCount(sampleRows)],
  ];
  const settings = { options, alertThresholds };
  return html`${dataTable({ head: ['What', 'Value'], rows, isText: true })}<details><summary>Options</summary><pre>${JSON.stringify(settings, null, 2)}</pre></details>${
    features &&
    html`<details><summary>Features in TypeScript, to start from</summary><pre>${features.source}</pre></details>`
  }`;
}

function threads(n: number): string {
  if (n === 0) return 'the main thread';
  return n === 1 ? 'one thread' : `${n} threads`;
}
