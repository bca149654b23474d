// HTML from templates in which every value is escaped unless it is markup itself, on the server and in the page.
import { escapeMarkup } from './escape-markup.js';

/** Text that is safe to put into a document as it stands. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** What a template takes: texts and numbers are escaped, lists joined, false and undefined leave nothing. */
export type HtmlValue = string | number | false | undefined | Markup | readonly HtmlValue[];

/**
 * Markup of a template.
 * @example
 * html`<li>${'a < b'}</li>`.text; // <li>a &lt; b</li>
 */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Markup {
  let text = parts[0] as string;
  values.forEach((value, i) => {
    text += markupOf(value) + (parts[i + 1] as string);
  });
  return new Markup(text);
}

function markupOf(value: HtmlValue): string {
  if (value instanceof Markup) return value.text;
  if (typeof value === 'string') return escapeMarkup(value);
  if (typeof value === 'number') return String(value);
  return value === false || value === undefined ? '' : value.map(markupOf).join('');
}
