// Centres columns on their mean and scales them to unit variance (scikit-learn's StandardScaler).
import type { OptionsInput, OptionsOf } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import type { Transformer } from '../core/transformer.js';
import type { Column } from '../table/column.js';
import { columnMoments } from './column-moments.js';
import { checkLearned, finiteNumbers } from './finite-numbers.js';
import type { ScaleColumn } from './fitted-standard-scale.js';
import { fittedStandardScale } from './fitted-standard-scale.js';
import type { ColumnOption } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';

export const standardScaleOptions = optionsTable('standardScale', {
  center: { type: 'boolean', default: true, doc: 'Subtracts the mean.', aliases: ['withMean'] },
  scale: { type: 'boolean', default: true, doc: 'Divides by the standard deviation.', aliases: ['withStd'] },
});

/** How to scale. Columns by default: numbers and booleans. */
export type StandardScaleOptions = ColumnOption & OptionsInput<typeof standardScaleOptions>;

/**
 * Turns numbers and booleans into (value - mean) / sd with the population's standard deviation; missing stays NaN.
 * A column that does not vary is divided by 1, one with no value at all is left as it is.
 * Formulas: scikit-learn's StandardScaler. `fit` throws VALUE_INVALID where a column holds an infinite value.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function standardScale(options: StandardScaleOptions = {}): Transformer {
  const { columns, ...rest } = options;
  const resolved = resolveOptions(standardScaleOptions, rest);
  const choice = checkColumnChoice('standardScale', columns ?? 'numeric');
  return {
    kind: 'standardScale',
    fit: (table) =>
      fittedStandardScale(
        selectColumns(table, 'standardScale', choice).map(([name, column]) => learnScale(name, column, resolved)),
      ),
  };
}

function learnScale(name: string, column: Column, options: OptionsOf<typeof standardScaleOptions>): ScaleColumn {
  const { count, mean, variance } = columnMoments(finiteNumbers('standardScale', name, column));
  checkLearned('standardScale', name, mean);
  checkLearned('standardScale', name, variance);
  const varies = variance > roundingBound(count, mean, variance);
  return { name, mean: options.center ? mean : 0, scale: options.scale && varies ? Math.sqrt(variance) : 1 };
}

/** The variance that rounding alone can give a constant column: scikit-learn's `_is_constant_feature`. */
function roundingBound(count: number, mean: number, variance: number): number {
  return count * Number.EPSILON * variance + (count * mean * Number.EPSILON) ** 2;
}
