// Logarithms of columns that are spread over orders of magnitude, such as amounts and counts.
import type { OptionsInput } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import type { Transformer } from '../core/transformer.js';
import { columnNumbers } from './column-numbers.js';
import { fittedLogTransform, LOG_BASES, LOG_INVALID_POLICIES, logDomain } from './fitted-log-transform.js';
import { checkDomain } from './number-domain.js';
import type { ColumnOption } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';

export const logTransformOptions = optionsTable('logTransform', {
  base: { type: 'choice', choices: LOG_BASES, default: 'e', doc: 'Base of the logarithm.' },
  offset: { type: 'number', default: 1, doc: 'Added to a value before; 1 makes 0 of 0.' },
  invalid: {
    type: 'choice',
    choices: LOG_INVALID_POLICIES,
    default: 'error',
    doc: 'A value whose logarithm does not exist: an error, or missing.',
  },
});

/** How to take logarithms. Columns by default: numbers and booleans. */
export type LogTransformOptions = ColumnOption & OptionsInput<typeof logTransformOptions>;

/**
 * Replaces numbers and booleans by log(value + offset); missing stays NaN.
 * `fit`, `transform` and the row path throw VALUE_INVALID where value + offset is not above 0, unless `invalid` is `missing`.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function logTransform(options: LogTransformOptions = {}): Transformer {
  const { columns, ...rest } = options;
  const resolved = resolveOptions(logTransformOptions, rest);
  const choice = checkColumnChoice('logTransform', columns ?? 'numeric');
  return {
    kind: 'logTransform',
    fit(table) {
      const selected = selectColumns(table, 'logTransform', choice);
      for (const [name, column] of selected) {
        const numbers = columnNumbers(column, 'logTransform', name);
        if (resolved.invalid === 'error') checkDomain('logTransform', name, logDomain(resolved), numbers);
      }
      // JSON could not hold -0.
      const offset = resolved.offset + 0;
      return fittedLogTransform({ ...resolved, offset, columns: selected.map(([name]) => name) });
    },
  };
}
