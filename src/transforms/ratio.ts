// Ratios of columns, such as orders / visits.
import type { OptionsInput } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { Transformer } from '../core/transformer.js';
import { columnNumbers } from './column-numbers.js';
import type { RatioPair } from './fitted-ratio.js';
import { fittedRatio, isPair } from './fitted-ratio.js';
import { checkedAgainst } from './output-names.js';
import { selectColumns } from './select-columns.js';

export const ratioOptions = optionsTable('ratio', {
  whenZero: { type: 'number', default: undefined, doc: 'The ratio where the denominator is 0; missing where absent.' },
  keep: { type: 'boolean', default: true, doc: 'Leaves the columns that are divided in the table as well.' },
});

/** What to divide. */
export type RatioOptions = {
  /** Pairs of columns, each of numerator and denominator. */
  readonly pairs: readonly RatioPair[];
} & OptionsInput<typeof ratioOptions>;

/**
 * Adds a column `numerator / denominator` a pair; missing where either is missing.
 * @throws OPTION_INVALID also where no pair is given, OPTION_UNKNOWN
 */
export function ratio(options: RatioOptions): Transformer {
  const { pairs, ...rest } = options;
  const { whenZero, keep } = resolveOptions(ratioOptions, rest);
  if (!Array.isArray(pairs) || pairs.length === 0 || !pairs.every(isPair)) {
    throw new TabwrightError('OPTION_INVALID', 'ratio: pairs must be a list of [numerator, denominator]');
  }
  const given = pairs.map(([numerator, denominator]): RatioPair => [numerator, denominator]);
  return {
    kind: 'ratio',
    fit(table) {
      for (const [name, column] of selectColumns(table, 'ratio', [...new Set(given.flat())])) {
        columnNumbers(column, 'ratio', name);
      }
      // JSON holds neither undefined nor -0.
      const ofZero = whenZero === undefined ? null : whenZero + 0;
      return checkedAgainst(table, fittedRatio({ pairs: given, whenZero: ofZero, keep }));
    },
  };
}
