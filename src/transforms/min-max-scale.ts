// Scales columns to a range, [0, 1] by default (scikit-learn's MinMaxScaler).
import type { OptionsInput } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { Transformer } from '../core/transformer.js';
import type { Column } from '../table/column.js';
import { checkLearned, finiteNumbers } from './finite-numbers.js';
import type { MinMaxColumn } from './fitted-min-max-scale.js';
import { fittedMinMaxScale } from './fitted-min-max-scale.js';
import { sortedNumbers } from './quantile.js';
import type { ColumnOption } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';

export const minMaxScaleOptions = optionsTable('minMaxScale', {
  low: { type: 'number', default: 0, doc: 'What the smallest training value becomes.' },
  high: { type: 'number', default: 1, doc: 'What the largest training value becomes; greater than low.' },
  clip: { type: 'boolean', default: false, doc: 'Holds values outside the training range at low and high.' },
});

/** How to scale. Columns by default: numbers and booleans. */
export type MinMaxScaleOptions = ColumnOption & OptionsInput<typeof minMaxScaleOptions>;

/**
 * Turns numbers and booleans into (value - min) / (max - min) * (high - low) + low; missing stays NaN.
 * A column that does not vary becomes `low`, one with no value at all stays missing.
 * Formulas: scikit-learn's MinMaxScaler. `fit` throws VALUE_INVALID where a column holds an infinite value.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function minMaxScale(options: MinMaxScaleOptions = {}): Transformer {
  const { columns, ...rest } = options;
  const resolved = resolveOptions(minMaxScaleOptions, rest);
  const choice = checkColumnChoice('minMaxScale', columns ?? 'numeric');
  if (resolved.high <= resolved.low) {
    throw new TabwrightError(
      'OPTION_INVALID',
      `minMaxScale: high must be > low (${resolved.low}), got ${resolved.high}`,
    );
  }
  return {
    kind: 'minMaxScale',
    fit: (table) =>
      fittedMinMaxScale({
        // JSON could not hold -0.
        low: resolved.low + 0,
        high: resolved.high + 0,
        clip: resolved.clip,
        columns: selectColumns(table, 'minMaxScale', choice).map(([name, column]) => learn(name, column)),
      }),
  };
}

function learn(name: string, column: Column): MinMaxColumn {
  const sorted = sortedNumbers(finiteNumbers('minMaxScale', name, column));
  const min = (sorted[0] ?? 0) + 0;
  const range = checkLearned('minMaxScale', name, (sorted.at(-1) ?? 0) - min);
  return { name, min, range: range > 0 ? range : 1 };
}
