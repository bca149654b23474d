import { formatCount, formatPercent } from '../../report/format-number.js';
import type { Markup } from '../../report/html.js';
import { html } from '../../report/html.js';
import type { Cell, Profile } from '../profile-types.js';
import { valueLabel } from './value-label.js';

const COLUMNS = 40;
const CELL_LENGTH = 40;

/** Some rows of the table. */
export function sampleSection({ sample, columns, isRedacted }: Profile): Markup {
  if (isRedacted) return html`<p>Not shown: this profile is redacted.</p>`;
  const names = columns.map(({ name }) => name);
  const parts: [string, readonly (readonly Cell[])[]][] = [
    ['First rows', sample.head],
    ['Last rows', sample.tail],
    ['Random rows', sample.random],
  ];
  const shown = parts.filter(([, rows]) => rows.length > 0);
  if (shown.length === 0) return html`<p>The table has no rows.</p>`;
  const [first, ...others] = shown.map(([caption, rows]) => [caption, rowTable(caption, names, rows)] as const);
  return html`${first?.[1]}${others.map(([caption, table]) => html`<details><summary>${caption}</summary>${table}</details>`)}`;
}

/** Rows that occur more than once. */
export function duplicatesSection({ duplicates, columns }: Profile): Markup {
  const { rows, nGroups, nRowsInGroups, isExact, relativeError, examples } = duplicates;
  if (rows.count === 0) return html`<p>No row occurs twice.</p>`;
  const about = isExact ? '' : ` These are estimates, good to ${formatPercent(relativeError)}.`;
  const text = html`<p>${formatCount(nGroups)} rows occur more than once, ${formatCount(nRowsInGroups)} times in all: dropping duplicates removes ${formatCount(rows.count)} rows (${formatPercent(rows.share)}).${about}</p>`;
  if (examples.length === 0) return text;
  const names = columns.map(({ name }) => name);
  const table = rowTable(
    'The most frequent ones',
    ['times', ...names],
    examples.map(({ count, cells }) => [count, ...cells]),
  );
  return html`${text}${table}`;
}

function rowTable(caption: string, names: readonly string[], rows: readonly (readonly Cell[])[]): Markup {
  const head = names.slice(0, COLUMNS).map((name) => html`<th scope="col"><bdi>${valueLabel(name, CELL_LENGTH)}</bdi>`);
  const body = rows.map((cells) => html`<tr>${cells.slice(0, COLUMNS).map(cellMarkup)}`);
  const left = names.length > COLUMNS && html`<p class="mu">The first ${COLUMNS} columns.</p>`;
  return html`<div class="x" tabindex="0" role="region" aria-label="${caption}"><table class="t sm"><caption>${caption}</caption><thead><tr>${head}</thead><tbody>${body}</tbody></table></div>${left}`;
}

function cellMarkup(cell: Cell): Markup {
  if (cell === null) return html`<td class="z">–`;
  return html`<td${typeof cell === 'string' && html` class="l"`}><bdi>${valueLabel(cell, CELL_LENGTH)}</bdi>`;
}
