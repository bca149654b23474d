// Groups the categories that few training rows hold into one (feature-engine's RareLabelEncoder).
import type { OptionsInput, OptionsOf } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { Transformer } from '../core/transformer.js';
import type { Column } from '../table/column.js';
import type { KeptCategories } from './fitted-rare-categories.js';
import { fittedRareCategories } from './fitted-rare-categories.js';
import { frequentLevels } from './frequent-levels.js';
import { learnLevels } from './learn-levels.js';
import type { ColumnOption } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';

export const rareCategoriesOptions = optionsTable('rareCategories', {
  minShare: {
    type: 'number',
    min: 0,
    max: 1,
    default: 0.01,
    doc: 'Categories in a smaller share of the training rows than this are grouped.',
    aliases: ['tol'],
  },
  minFrequency: {
    type: 'integer',
    min: 1,
    default: 1,
    doc: 'Categories in fewer training rows than this are grouped.',
  },
  maxLevels: {
    type: 'integer',
    min: 1,
    default: undefined,
    doc: 'Keeps only this many categories a column, the most frequent; no limit where absent.',
    aliases: ['maxCategories'],
  },
  label: {
    type: 'string',
    default: 'other',
    doc: 'What grouped categories become; one that is there already joins them.',
  },
});

/** What to group. Columns by default: strings, and no others can be named. */
export type RareCategoriesOptions = ColumnOption & OptionsInput<typeof rareCategoriesOptions>;

type Resolved = OptionsOf<typeof rareCategoriesOptions>;

/**
 * Replaces rare categories, and those never seen, by a label; missing stays missing. Strings stay strings: an encoder follows.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function rareCategories(options: RareCategoriesOptions = {}): Transformer {
  const { columns, ...rest } = options;
  const resolved = resolveOptions(rareCategoriesOptions, rest);
  const choice = checkColumnChoice('rareCategories', columns ?? 'categorical');
  return {
    kind: 'rareCategories',
    fit: (table) =>
      fittedRareCategories(
        resolved.label,
        selectColumns(table, 'rareCategories', choice).map(([name, column]) => learn(name, column, resolved)),
      ),
  };
}

function learn(name: string, column: Column, { minShare, minFrequency, maxLevels }: Resolved): KeptCategories {
  const learned = learnLevels('rareCategories', name, column);
  if (learned.type !== 'string' && learned.levels.length > 0) {
    throw new TabwrightError(
      'COLUMN_INVALID',
      `rareCategories: column ${name} must hold strings, got ${learned.type}s`,
    );
  }
  const least = Math.max(minFrequency, minShare * column.length);
  return { name, levels: frequentLevels(learned, { minFrequency: least, maxLevels }) };
}
