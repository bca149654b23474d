import { figures } from '../../report/figures.js';
import { formatCount, formatPercent } from '../../report/format-number.js';
import type { Markup } from '../../report/html.js';
import { html } from '../../report/html.js';
import type { Profile } from '../profile-types.js';
import { formatBytes } from './format-bytes.js';

const COLOURS: Readonly<Record<string, string>> = {
  numeric: 'c1',
  categorical: 'c2',
  boolean: 'c3',
  datetime: 'c4',
  text: 'c5',
};

/** Size, gaps, duplicates and types of a table. */
export function overviewSection({ overview, isRedacted, isMinimal }: Profile): Markup {
  const { nRows, nColumns, missingCells, duplicateRows, memoryBytes, nAlerts, isExact } = overview;
  const notes = [
    !isExact && 'Some numbers are estimates; each says how good it is.',
    isMinimal && 'A minimal profile: associations, interactions and text were left out.',
    isRedacted && 'Redacted: no value of the data is in this file.',
  ].filter((note) => note !== false);
  return html`${figures(
    [
      ['Rows', formatCount(nRows)],
      ['Columns', formatCount(nColumns)],
      ['Missing cells', missingCells.count === 0 ? 'none' : formatPercent(missingCells.share)],
      ['Duplicate rows', formatCount(duplicateRows.count)],
      ['Alerts', formatCount(nAlerts)],
      ['Memory', formatBytes(memoryBytes)],
    ],
    'kpi',
  )}${types(overview.types)}${notes.map((note) => html`<p class="mu">${note}</p>`)}`;
}

function types(counts: Profile['overview']['types']): Markup {
  const found = Object.entries(counts).filter(([, count]) => count > 0);
  if (found.length === 0) return html``;
  const colour = (type: string): string => COLOURS[type] ?? 'c6';
  const bar = found.map(([type, count]) => html`<b class="${colour(type)}" style="flex:${count}"></b>`);
  const legend = found.map(
    ([type, count]) => html`<span><i class="${colour(type)}"></i>${formatCount(count)} ${type}</span> `,
  );
  return html`<div class="ty" aria-hidden="true">${bar}</div><p class="lg">${legend}</p>`;
}
