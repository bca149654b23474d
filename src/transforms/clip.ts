// Holds columns between bounds that are given.
import type { OptionsInput } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { Transformer } from '../core/transformer.js';
import { columnNumbers } from './column-numbers.js';
import { fittedBounds } from './fitted-bounds.js';
import type { ColumnOption } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';

export const clipOptions = optionsTable('clip', {
  min: { type: 'number', default: undefined, doc: 'Smaller values become this; no bound where absent.' },
  max: { type: 'number', default: undefined, doc: 'Larger values become this; no bound where absent.' },
});

/** Where to cut. Columns by default: numbers and booleans. */
export type ClipOptions = ColumnOption & OptionsInput<typeof clipOptions>;

/**
 * Replaces numbers below `min` and above `max` by the bound; missing stays NaN.
 * @throws OPTION_INVALID also where neither bound is given, OPTION_UNKNOWN
 */
export function clip(options: ClipOptions): Transformer {
  const { columns, ...rest } = options;
  const { min, max } = resolveOptions(clipOptions, rest);
  const choice = checkColumnChoice('clip', columns ?? 'numeric');
  if (min === undefined && max === undefined) throw new TabwrightError('OPTION_INVALID', 'clip: give min, max or both');
  if (min !== undefined && max !== undefined && max < min) {
    throw new TabwrightError('OPTION_INVALID', `clip: max must be >= min (${min}), got ${max}`);
  }
  return {
    kind: 'clip',
    fit(table) {
      const selected = selectColumns(table, 'clip', choice);
      for (const [name, column] of selected) columnNumbers(column, 'clip', name);
      return fittedBounds(
        'clip',
        selected.map(([name]) => ({ name, min: bound(min), max: bound(max) })),
      );
    },
  };
}

/** JSON holds neither undefined nor -0. */
function bound(given: number | undefined): number | null {
  return given === undefined ? null : given + 0;
}
