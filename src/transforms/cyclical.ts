// Sine and cosine of numbers that go round, such as hours and angles, so that the last is next to the first.
import type { OptionsInput } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { Transformer } from '../core/transformer.js';
import { columnNumbers } from './column-numbers.js';
import { fittedCyclical } from './fitted-cyclical.js';
import { checkedAgainst } from './output-names.js';
import { selectColumns } from './select-columns.js';

export const cyclicalOptions = optionsTable('cyclical', {
  periods: {
    type: 'numbers',
    exclusiveMin: 0,
    default: {},
    doc: 'The number at which each column starts again, by column: hour=24, angle=360. At least one.',
  },
  keep: { type: 'boolean', default: false, doc: 'Leaves the number in the table as well.' },
});

/** Which columns go round, and when. */
export type CyclicalOptions = OptionsInput<typeof cyclicalOptions>;

/**
 * Replaces each column by `column sin` and `column cos` of 2 pi value / period; missing stays NaN.
 * @throws OPTION_INVALID also where no column is given, OPTION_UNKNOWN
 */
export function cyclical(options: CyclicalOptions): Transformer {
  const { periods, keep } = resolveOptions(cyclicalOptions, options);
  const columns = Object.entries(periods).map(([name, period]) => ({ name, period }));
  if (columns.length === 0) throw new TabwrightError('OPTION_INVALID', 'cyclical: periods must name a column');
  return {
    kind: 'cyclical',
    fit(table) {
      const selected = selectColumns(
        table,
        'cyclical',
        columns.map(({ name }) => name),
      );
      for (const [name, column] of selected) columnNumbers(column, 'cyclical', name);
      return checkedAgainst(table, fittedCyclical(keep, columns));
    },
  };
}
