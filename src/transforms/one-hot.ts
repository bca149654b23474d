// One column of 0 and 1 a category (scikit-learn's OneHotEncoder).
import type { OptionsInput, OptionsOf } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { Transformer } from '../core/transformer.js';
import type { Column } from '../table/column.js';
import type { OneHotColumn } from './fitted-one-hot.js';
import { fittedOneHot, MISSING_POLICIES, UNKNOWN_POLICIES } from './fitted-one-hot.js';
import { frequentLevels } from './frequent-levels.js';
import { learnLevels } from './learn-levels.js';
import { checkedAgainst } from './output-names.js';
import type { ColumnOption } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';

export const oneHotOptions = optionsTable('oneHot', {
  missing: {
    type: 'choice',
    choices: MISSING_POLICIES,
    default: 'category',
    doc: 'A missing cell: a column of its own where training had one (else as unknown), all zeros, or an error.',
  },
  unknown: {
    type: 'choice',
    choices: UNKNOWN_POLICIES,
    default: 'ignore',
    doc: 'A category that was not learned: all zeros, an error, or a column for every such category together.',
    aliases: ['handleUnknown'],
  },
  drop: {
    type: 'choice',
    choices: ['none', 'first', 'ifBinary'],
    default: 'none',
    doc: 'Leaves out the first category of every column, or of those with exactly two (missing counts as one).',
  },
  minFrequency: {
    type: 'integer',
    min: 1,
    default: 1,
    doc: 'Categories in fewer training rows than this are not learned.',
  },
  maxLevels: {
    type: 'integer',
    min: 1,
    default: undefined,
    doc: 'Learns only this many categories a column, the most frequent; no limit where absent.',
    aliases: ['maxCategories'],
  },
});

/** How to encode. Columns by default: strings; numbers and booleans can be named. */
export type OneHotOptions = ColumnOption & OptionsInput<typeof oneHotOptions>;

type Resolved = OptionsOf<typeof oneHotOptions>;

/**
 * Replaces each column by one column of 0 and 1 a category, named `column=level`, in sorted order; after them come
 * `column is missing` and `column is other` where the policies ask for them.
 * `fit` throws COLUMN_INVALID where a new column would have the name of one that is there, `transform` DATA_TOO_LARGE where
 * the new columns would take more than 4 GiB.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function oneHot(options: OneHotOptions = {}): Transformer {
  const { columns, ...rest } = options;
  const resolved = resolveOptions(oneHotOptions, rest);
  const choice = checkColumnChoice('oneHot', columns ?? 'categorical');
  if (resolved.unknown === 'error' && (resolved.minFrequency > 1 || resolved.maxLevels !== undefined)) {
    throw new TabwrightError(
      'OPTION_INVALID',
      'oneHot: unknown must be ignore or other with minFrequency or maxLevels, got error',
    );
  }
  return {
    kind: 'oneHot',
    fit(table) {
      const learned = selectColumns(table, 'oneHot', choice).map(([name, column]) => learn(name, column, resolved));
      const { missing, unknown } = resolved;
      return checkedAgainst(table, fittedOneHot({ missing, unknown, columns: learned }));
    },
  };
}

function learn(name: string, column: Column, options: Resolved): OneHotColumn {
  const all = learnLevels('oneHot', name, column);
  if (all.nMissing > 0 && options.missing === 'error') {
    throw new TabwrightError(
      'VALUE_INVALID',
      `oneHot: column ${name} must not be missing, broken in ${all.nMissing} rows`,
    );
  }
  const levels = frequentLevels(all, options);
  const ownMissing = options.missing === 'category' && all.nMissing > 0;
  const isBinary = levels.length + (ownMissing ? 1 : 0) === 2;
  const dropFirst = options.drop === 'first' || (options.drop === 'ifBinary' && isBinary);
  return { name, type: all.type, levels, ownMissing, dropFirst };
}
