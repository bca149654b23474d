// Categories as how often they were seen (feature-engine's CountFrequencyEncoder).
import type { OptionsInput, OptionsOf } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import type { Transformer } from '../core/transformer.js';
import type { Column } from '../table/column.js';
import type { CategoryNumbers } from './fitted-category-numbers.js';
import { fittedCategoryNumbers } from './fitted-category-numbers.js';
import { learnLevels } from './learn-levels.js';
import type { ColumnOption } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';

export const frequencyEncodeOptions = optionsTable('frequencyEncode', {
  output: {
    type: 'choice',
    choices: ['share', 'count'],
    default: 'share',
    doc: 'The share of training rows that hold the category, or their number.',
  },
  missing: {
    type: 'choice',
    choices: ['category', 'keep'],
    default: 'category',
    doc: 'A missing cell: counted like a category, or left missing.',
  },
  unknown: {
    type: 'choice',
    choices: ['zero', 'missing', 'error'],
    default: 'zero',
    doc: 'A category that was not learned: 0, missing (NaN), or an error.',
    aliases: ['handleUnknown'],
  },
});

/** How to encode. Columns by default: strings; numbers and booleans can be named. */
export type FrequencyEncodeOptions = ColumnOption & OptionsInput<typeof frequencyEncodeOptions>;

type Resolved = OptionsOf<typeof frequencyEncodeOptions>;

/**
 * Replaces each category by the share of training rows that hold it, of all rows.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function frequencyEncode(options: FrequencyEncodeOptions = {}): Transformer {
  const { columns, ...rest } = options;
  const resolved = resolveOptions(frequencyEncodeOptions, rest);
  const choice = checkColumnChoice('frequencyEncode', columns ?? 'categorical');
  return {
    kind: 'frequencyEncode',
    fit: (table) =>
      fittedCategoryNumbers({
        kind: 'frequencyEncode',
        refuseUnknown: resolved.unknown === 'error',
        columns: selectColumns(table, 'frequencyEncode', choice).map(([name, column]) => learn(name, column, resolved)),
      }),
  };
}

function learn(name: string, column: Column, { output, missing, unknown }: Resolved): CategoryNumbers {
  const { type, levels, counts, nMissing } = learnLevels('frequencyEncode', name, column);
  const number = (count: number): number => (output === 'count' ? count : count / column.length);
  const encoded = {
    name,
    values: counts.map(number),
    missing: missing === 'category' ? number(nMissing) : null,
    unknown: unknown === 'zero' ? 0 : null,
  };
  return { name, type, levels, outputs: [encoded] };
}
