// Columns of 0 and 1 that say where cells are missing (scikit-learn's MissingIndicator); goes before a step that fills them.
import type { OptionsInput } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import type { Transformer } from '../core/transformer.js';
import { fittedMissingIndicator, missingCells } from './fitted-missing-indicator.js';
import { checkedAgainst } from './output-names.js';
import type { ColumnOption } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';

export const missingIndicatorOptions = optionsTable('missingIndicator', {
  features: {
    type: 'choice',
    choices: ['seen', 'all'],
    default: 'seen',
    doc: 'Indicators for columns that had a missing cell in training, or for all.',
  },
});

/** Which columns to mark. By default all but dates; dates can be named. */
export type MissingIndicatorOptions = ColumnOption & OptionsInput<typeof missingIndicatorOptions>;

/**
 * Adds a column `column is missing` of 0 and 1 a column, which stays as it is.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function missingIndicator(options: MissingIndicatorOptions = {}): Transformer {
  const { columns, ...rest } = options;
  const { features } = resolveOptions(missingIndicatorOptions, rest);
  const choice = checkColumnChoice('missingIndicator', columns ?? 'all');
  return {
    kind: 'missingIndicator',
    fit(table) {
      const selected = selectColumns(table, 'missingIndicator', choice);
      const marked = selected.filter(([, column]) => features === 'all' || missingCells(column).includes(1));
      return checkedAgainst(table, fittedMissingIndicator(marked.map(([name]) => name)));
    },
  };
}
