import type { HtmlValue, Markup } from './html.js';
import { html } from './html.js';

/** Named figures side by side, as a list of definitions. */
export function figures(entries: readonly (readonly [name: string, value: HtmlValue])[], className = ''): Markup {
  const items = entries.map(([name, value]) => html`<div><dt>${name}<dd>${value}</div>`);
  return html`<dl class="${className}">${items}</dl>`;
}
