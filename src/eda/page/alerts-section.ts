import type { Markup } from '../../report/html.js';
import { html } from '../../report/html.js';
import type { Profile } from '../profile-types.js';
import type { ColumnView } from './column-view.js';
import { valueLabel } from './value-label.js';

const SHOWN = 12;
const FOLDED = 100;
const RANK = { bad: 0, warn: 1, info: 2 } as const;

/** One line a column, worst first; those of the table as a whole before them. */
export function alertsSection({ alerts }: Profile, views: readonly ColumnView[]): Markup {
  const whole = alerts.filter(({ column }) => column === undefined);
  const columns = views.filter((view) => view.alerts.length > 0);
  columns.sort((a, b) => rank(a) - rank(b) || b.alerts.length - a.alerts.length || a.column.index - b.column.index);
  const lines = [
    ...whole.map(({ level, text }) => html`<li><span class="al-t">The table</span><span>${badge(level, text)}</span>`),
    ...columns.map(({ column, alerts: own }) => {
      const badges = own.map(({ level, text }) => html`${badge(level, text)} `);
      return html`<li><a href="#c${column.index}"><bdi>${valueLabel(column.name)}</bdi></a><span>${badges}</span>`;
    }),
  ];
  if (lines.length === 0) return html`<p>Nothing stands out.</p>`;
  const more = lines.slice(SHOWN, SHOWN + FOLDED);
  const left = lines.length - SHOWN - more.length;
  return html`<ul class="al">${lines.slice(0, SHOWN)}</ul>${
    more.length > 0 &&
    html`<details><summary>${lines.length - SHOWN} more</summary><ul class="al">${more}</ul>${left > 0 && html`<p class="mu">And ${left} more, in the table below.</p>`}</details>`
  }`;
}

function rank({ alerts }: ColumnView): number {
  return Math.min(...alerts.map(({ level }) => RANK[level]));
}

function badge(level: keyof typeof RANK, text: string): Markup {
  return html`<span class="a ${level}">${text}</span>`;
}
