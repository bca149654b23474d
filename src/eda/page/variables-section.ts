import type { Markup } from '../../report/html.js';
import { html, Markup as Text } from '../../report/html.js';

/** What the section holds. */
export interface VariablesContent {
  /** Rows of the first columns as markup. */
  readonly rows: readonly string[];
  readonly nColumns: number;
  readonly nDetails: number;
  readonly hasTarget: boolean;
}

const HEAD = ['Median', 'Mean', 'Std dev', 'Distinct', 'Missing'];
const TYPES = [
  ['numeric', 'Numbers'],
  ['categorical', 'Categories'],
  ['boolean', 'True or false'],
  ['text', 'Text'],
  ['datetime', 'Dates'],
  ['constant', 'Constant'],
  ['alerts', 'With alerts'],
];

/** The table of columns with its search. Past `nDetails` columns, what is behind a name needs the page's script. */
export function variablesSection({ rows, nColumns, nDetails, hasTarget }: VariablesContent): Markup {
  const head = hasTarget ? [...HEAD, 'Target'] : HEAD;
  const options = TYPES.map(([value, name]) => html`<option value="${value}">${name}`);
  const rest = nColumns - rows.length;
  return html`<div class="bar js"><input id="q" type="search" placeholder="Search columns ( / )" aria-label="Search columns"><select id="ty" aria-label="Filter by type"><option value="">All types${options}</select><select id="so" aria-label="Sort by"><option value="index">Table order<option value="name">Name<option value="missing">Most missing<option value="alerts">Most alerts${hasTarget && html`<option value="target">Strongest for the target`}</select><output id="ct"></output></div><table class="v${hasTarget && ' tg'}"><thead><tr><th scope="col">Column<th scope="col">Distribution${head.map((name) => html`<th scope="col" class="w">${name}`)}</thead><tbody>${new Text(rows.join(''))}</tbody></table><p id="em" hidden>No column matches. Clear the search or the filter.</p><noscript>${rest > 0 && html`<p>${rest} more columns need JavaScript.</p>`}${nColumns > nDetails && html`<p>Details of columns after the first ${nDetails} need JavaScript; their main numbers are in the table above.</p>`}</noscript>`;
}
