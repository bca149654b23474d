// A bag of words in a fixed number of columns, with no vocabulary to learn (scikit-learn's HashingVectorizer).
import type { OptionsInput } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import type { Transformer } from '../core/transformer.js';
import { fittedHashTokens, MAX_TOKEN_LENGTH, TOKEN_NORMS } from './fitted-hash-tokens.js';
import { MAX_BUCKETS } from './fitted-hashing-encode.js';
import { checkTexts } from './fitted-text-map.js';
import { checkedAgainst } from './output-names.js';
import type { ColumnOption } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';

export const hashTokensOptions = optionsTable('hashTokens', {
  buckets: {
    type: 'integer',
    min: 1,
    max: MAX_BUCKETS,
    default: 64,
    doc: 'Columns that each text becomes.',
    aliases: ['nFeatures'],
  },
  signed: {
    type: 'boolean',
    default: true,
    doc: 'Counts half of all words as -1, so that those that share a column cancel out on average.',
    aliases: ['alternateSign'],
  },
  lowercase: { type: 'boolean', default: true, doc: 'Takes upper and lower case for the same.' },
  minLength: {
    type: 'integer',
    min: 1,
    max: MAX_TOKEN_LENGTH,
    default: 2,
    doc: 'Shorter runs of letters, digits and underscores are no words.',
  },
  binary: { type: 'boolean', default: false, doc: 'Counts a word once, however often it occurs in the text.' },
  norm: {
    type: 'choice',
    choices: TOKEN_NORMS,
    default: 'l2',
    doc: 'Divides the counts of a row by the root of their summed squares, by their summed sizes, or not at all.',
  },
  keep: { type: 'boolean', default: false, doc: 'Leaves the text in the table as well.' },
});

/** How to count. Columns by default: strings, and no others can be named. */
export type HashTokensOptions = ColumnOption & OptionsInput<typeof hashTokensOptions>;

/**
 * Replaces each column of texts by columns `column token 0`, … that count its words; all are 0 where the text is missing.
 * Words and columns are those of scikit-learn's HashingVectorizer. `transform` throws DATA_TOO_LARGE where the new columns would
 * take more than 4 GiB.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function hashTokens(options: HashTokensOptions = {}): Transformer {
  const { columns, ...rest } = options;
  const resolved = resolveOptions(hashTokensOptions, rest);
  const choice = checkColumnChoice('hashTokens', columns ?? 'categorical');
  return {
    kind: 'hashTokens',
    fit(table) {
      const selected = selectColumns(table, 'hashTokens', choice);
      for (const [name, column] of selected) checkTexts('hashTokens', name, column);
      return checkedAgainst(table, fittedHashTokens({ ...resolved, columns: selected.map(([name]) => name) }));
    },
  };
}
