// Products of columns two by two, for models that only add (scikit-learn's PolynomialFeatures of degree 2).
import type { OptionsInput } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import type { Transformer } from '../core/transformer.js';
import { columnNumbers } from './column-numbers.js';
import { fittedInteractions } from './fitted-interactions.js';
import { checkedAgainst } from './output-names.js';
import type { ColumnOption } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';

export const interactionsOptions = optionsTable('interactions', {
  squares: { type: 'boolean', default: false, doc: 'Multiplies each column by itself as well.' },
  keep: { type: 'boolean', default: true, doc: 'Leaves the columns that are multiplied in the table as well.' },
});

/** What to multiply. Columns by default: numbers and booleans. */
export type InteractionsOptions = ColumnOption & OptionsInput<typeof interactionsOptions>;

/**
 * Adds a column `first * second` for every two of the columns; missing where either is missing.
 * `transform` throws DATA_TOO_LARGE where the new columns would take more than 4 GiB.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function interactions(options: InteractionsOptions = {}): Transformer {
  const { columns, ...rest } = options;
  const { squares, keep } = resolveOptions(interactionsOptions, rest);
  const choice = checkColumnChoice('interactions', columns ?? 'numeric');
  return {
    kind: 'interactions',
    fit(table) {
      const selected = selectColumns(table, 'interactions', choice);
      for (const [name, column] of selected) columnNumbers(column, 'interactions', name);
      return checkedAgainst(table, fittedInteractions({ squares, keep, columns: selected.map(([name]) => name) }));
    },
  };
}
