// Spreads categories over a fixed number of columns by a hash, so that nothing is learned (scikit-learn's FeatureHasher).
import type { OptionsInput } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import type { Transformer } from '../core/transformer.js';
import { fittedHashingEncode, MAX_BUCKETS } from './fitted-hashing-encode.js';
import { checkTexts } from './fitted-text-map.js';
import { checkedAgainst } from './output-names.js';
import type { ColumnOption } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';

export const hashingEncodeOptions = optionsTable('hashingEncode', {
  buckets: {
    type: 'integer',
    min: 1,
    max: MAX_BUCKETS,
    default: 16,
    doc: 'Columns that each column becomes.',
    aliases: ['nFeatures'],
  },
  signed: {
    type: 'boolean',
    default: true,
    doc: 'Writes -1 for half of all categories, so that those that share a column cancel out on average.',
    aliases: ['alternateSign'],
  },
});

/** How to encode. Columns by default: strings, and no others can be named. */
export type HashingEncodeOptions = ColumnOption & OptionsInput<typeof hashingEncodeOptions>;

/**
 * Replaces each column of strings by columns `column hash 0`, … of which one is 1 (or -1) and the others 0; all are 0 where
 * the cell is missing. The column of a category is the one that scikit-learn's FeatureHasher chooses for its text.
 * `transform` throws DATA_TOO_LARGE where the new columns would take more than 4 GiB.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function hashingEncode(options: HashingEncodeOptions = {}): Transformer {
  const { columns, ...rest } = options;
  const { buckets, signed } = resolveOptions(hashingEncodeOptions, rest);
  const choice = checkColumnChoice('hashingEncode', columns ?? 'categorical');
  return {
    kind: 'hashingEncode',
    fit(table) {
      const selected = selectColumns(table, 'hashingEncode', choice);
      for (const [name, column] of selected) checkTexts('hashingEncode', name, column);
      return checkedAgainst(table, fittedHashingEncode({ buckets, signed, columns: selected.map(([name]) => name) }));
    },
  };
}
