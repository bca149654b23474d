// Days between dates, or from dates to an instant that is given.
import type { OptionsInput, OptionsOf } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { Transformer } from '../core/transformer.js';
import { columnInstants } from './date-numbers.js';
import { fittedRecency, RECENCY_UNITS } from './fitted-recency.js';
import { checkedAgainst } from './output-names.js';
import type { ColumnOption } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';

export const recencyOptions = optionsTable('recency', {
  until: { type: 'string', default: undefined, doc: 'The column of dates that time is counted to. Give this or at.' },
  at: {
    type: 'string',
    default: undefined,
    doc: 'The instant that time is counted to, such as 2026-01-31 or 2026-01-31T12:00:00Z. Give this or until.',
  },
  unit: {
    type: 'choice',
    choices: RECENCY_UNITS,
    default: 'days',
    doc: 'What the time is counted in, with fractions.',
  },
  keep: { type: 'boolean', default: false, doc: 'Leaves the dates in the table as well.' },
});

/** What to count. Columns by default: dates, and no others can be named. */
export type RecencyOptions = ColumnOption & OptionsInput<typeof recencyOptions>;

/** A date, or a date and a time with its distance from UTC: nothing that another machine would read otherwise. */
const INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

/**
 * Replaces each column of dates by `days since column`: the time from it to `until` or `at`, below 0 where it is later; NaN
 * where either is missing.
 * @throws OPTION_INVALID also where neither or both of `until` and `at` are given, OPTION_UNKNOWN
 */
export function recency(options: RecencyOptions): Transformer {
  const { columns, ...rest } = options;
  const resolved = resolveOptions(recencyOptions, rest);
  const { unit, keep } = resolved;
  const choice = checkColumnChoice('recency', columns ?? 'date');
  const until = readEnd(resolved);
  return {
    kind: 'recency',
    fit(table) {
      const selected = selectColumns(table, 'recency', choice).filter(([name]) => name !== until);
      const end = typeof until === 'string' ? selectColumns(table, 'recency', [until]) : [];
      for (const [name, column] of [...selected, ...end]) columnInstants(column, 'recency', name);
      const state = { until, unit, keep, columns: selected.map(([name]) => name) };
      return checkedAgainst(table, fittedRecency(state));
    },
  };
}

function readEnd({ until, at }: OptionsOf<typeof recencyOptions>): string | number {
  if (until !== undefined && at === undefined) return until;
  if (at === undefined || until !== undefined) throw new TabwrightError('OPTION_INVALID', 'recency: give until or at');
  const ms = INSTANT.test(at) ? Date.parse(at) : Number.NaN;
  if (!Number.isNaN(ms)) return ms;
  throw new TabwrightError(
    'OPTION_INVALID',
    `recency: at must be an ISO 8601 date or instant, got ${JSON.stringify(at.slice(0, 40))}`,
  );
}
