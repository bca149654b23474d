// Year, month, weekday, hour and other parts of dates, as numbers or going round as sine and cosine.
import type { OptionsInput } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { Transformer } from '../core/transformer.js';
import { chosenNames } from './chosen-names.js';
import { columnInstants } from './date-numbers.js';
import { DATE_PARTS, datePart } from './date-part.js';
import { fittedDateParts, MAX_OFFSET_MINUTES } from './fitted-date-parts.js';
import { checkedAgainst } from './output-names.js';
import type { ColumnOption } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';

export const datePartsOptions = optionsTable('dateParts', {
  parts: {
    type: 'list',
    default: ['year', 'month', 'day', 'weekday'],
    doc: 'Among year, quarter, month, week (ISO), dayOfYear, day, weekday (0 is Monday), weekend, hour, minute, second.',
  },
  cyclical: {
    type: 'boolean',
    default: false,
    doc: 'Makes a sine and a cosine of each part that goes round, so that December is next to January.',
  },
  utcOffsetMinutes: {
    type: 'integer',
    min: -MAX_OFFSET_MINUTES,
    max: MAX_OFFSET_MINUTES,
    default: 0,
    doc: 'Minutes that the clock to read is ahead of UTC, the whole year round.',
  },
  keep: { type: 'boolean', default: false, doc: 'Leaves the date in the table as well.' },
});

/** What to make. Columns by default: dates, and no others can be named. */
export type DatePartsOptions = ColumnOption & OptionsInput<typeof datePartsOptions>;

/**
 * Replaces each column of dates by columns `column month`, …, or `column month sin` and `column month cos`; missing stays NaN.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function dateParts(options: DatePartsOptions = {}): Transformer {
  const { columns, ...rest } = options;
  const resolved = resolveOptions(datePartsOptions, rest);
  const choice = checkColumnChoice('dateParts', columns ?? 'date');
  const parts = chosenNames('dateParts', 'parts', resolved.parts, DATE_PARTS);
  if (resolved.cyclical && parts.every((part) => datePart(part).cycle === undefined)) {
    throw new TabwrightError('OPTION_INVALID', `dateParts: cyclical means nothing for ${parts.join(' and ')}`);
  }
  return {
    kind: 'dateParts',
    fit(table) {
      const selected = selectColumns(table, 'dateParts', choice);
      for (const [name, column] of selected) columnInstants(column, 'dateParts', name);
      // JSON could not hold -0.
      const utcOffsetMinutes = resolved.utcOffsetMinutes + 0;
      const state = { ...resolved, utcOffsetMinutes, parts, columns: selected.map(([name]) => name) };
      return checkedAgainst(table, fittedDateParts(state));
    },
  };
}
