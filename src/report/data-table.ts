import type { HtmlValue, Markup } from './html.js';
import { html } from './html.js';

/** A plain table: the first cell of a row names it, the others are numbers at the right edge. */
export interface DataTable {
  readonly caption?: string | undefined;
  readonly head: readonly string[];
  readonly rows: readonly (readonly HtmlValue[])[];
  /** Whether cells are words, at the left edge. */
  readonly isText?: boolean;
}

/** The table as markup; nothing where it has no rows. */
export function dataTable({ caption, head, rows, isText = false }: DataTable): Markup {
  if (rows.length === 0) return html``;
  const [first, ...others] = head;
  const title = caption === undefined ? '' : html`<caption>${caption}</caption>`;
  const headings = others.map((name) => html`<th scope="col">${name}`);
  const body = rows.map(
    ([name, ...cells]) => html`<tr><th scope="row">${name}${cells.map((cell) => html`<td>${cell}`)}`,
  );
  return html`<table class="t${isText && ' words'}">${title}<thead><tr><th scope="col">${first}${headings}</thead><tbody>${body}</tbody></table>`;
}
