// The shell of every report page: one HTML file with no request, no foreign script, a nav, a theme switch and a print style.
import { createHash } from 'node:crypto';
import { escapeMarkup } from './escape-markup.js';
import type { Markup } from './html.js';
import { pageCss } from './page-css.js';

/** One part of a page. */
export interface PageSection {
  /** Anchor, unique in the page: letters, digits and "-". */
  readonly id: string;
  readonly title: string;
  /** HTML markup, escaped. */
  readonly body: string;
}

/** What a page shows. */
export interface PageSpec {
  readonly title: string;
  /** Said under the title in a line. */
  readonly subtitle: string;
  readonly sections: readonly PageSection[];
  /** Style rules beyond those of every page. */
  readonly styles?: string | undefined;
  /** HTML markup after the sections, escaped: what a script shows, or data it reads. */
  readonly rest?: Markup | undefined;
  /** JavaScript that runs once the page is there. The root has the class `nojs` until then, and for good where there is none. */
  readonly script?: string | undefined;
}

// Cycles auto, light, dark; without script the page follows the system and the button stays hidden.
const THEME_SCRIPT = `{const r=document.documentElement,b=document.getElementById('theme'),t=['auto','light','dark'];let i=0;b.hidden=false;b.onclick=()=>{i=(i+1)%3;i?r.dataset.theme=t[i]:delete r.dataset.theme;b.textContent='Theme: '+t[i]}}`;

/** The page as one HTML document, complete without network and safe to mail. */
export function page({ title, subtitle, sections, styles = '', rest, script = '' }: PageSpec): string {
  // One script: a second tag would need a second hash. The end tag is the one text that a script cannot hold as it stands.
  const code = `${THEME_SCRIPT}${script.replaceAll('</script', '<\\/script')}`;
  const hash = createHash('sha256').update(code).digest('base64');
  const policy = `default-src 'none';style-src 'unsafe-inline';script-src 'sha256-${hash}';img-src data:;base-uri 'none';form-action 'none'`;
  return [
    '<!doctype html><html lang="en" class="nojs"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<title>${escapeMarkup(title)}</title><style>${pageCss()}${styles}</style></head><body>`,
    `<header><div><h1>${escapeMarkup(title)}</h1><p>${escapeMarkup(subtitle)}</p></div>`,
    '<button id="theme" type="button" hidden>Theme: auto</button></header>',
    `<nav aria-label="Sections"><ul>${sections.map(navItem).join('')}</ul></nav>`,
    `<main>${sections.map(section).join('')}</main>${rest?.text ?? ''}<script>${code}</script></body></html>`,
  ].join('\n');
}

function navItem({ id, title }: PageSection): string {
  return `<li><a href="#${escapeMarkup(id)}">${escapeMarkup(title)}</a></li>`;
}

function section({ id, title, body }: PageSection): string {
  const anchor = escapeMarkup(id);
  return `<section id="${anchor}" aria-labelledby="${anchor}-title"><h2 id="${anchor}-title">${escapeMarkup(title)}</h2>${body}</section>`;
}
