// Centres columns on their median and scales them by the range between two quantiles (scikit-learn's RobustScaler).
import type { OptionsInput, OptionsOf } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { Transformer } from '../core/transformer.js';
import type { Column } from '../table/column.js';
import { checkLearned, finiteNumbers } from './finite-numbers.js';
import type { RobustColumn } from './fitted-robust-scale.js';
import { fittedRobustScale } from './fitted-robust-scale.js';
import { normalQuantile } from './normal-quantile.js';
import { median, quantile, sortedNumbers } from './quantile.js';
import type { ColumnOption } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';

export const robustScaleOptions = optionsTable('robustScale', {
  center: { type: 'boolean', default: true, doc: 'Subtracts the median.', aliases: ['withCentering'] },
  scale: {
    type: 'boolean',
    default: true,
    doc: 'Divides by the range between the two quantiles.',
    aliases: ['withScaling'],
  },
  lowQuantile: { type: 'number', default: 0.25, exclusiveMin: 0, exclusiveMax: 1, doc: 'Lower end of the range.' },
  highQuantile: {
    type: 'number',
    default: 0.75,
    exclusiveMin: 0,
    exclusiveMax: 1,
    doc: 'Upper end of the range; greater than lowQuantile.',
  },
  unitVariance: {
    type: 'boolean',
    default: false,
    doc: 'Divides the range by that of a standard normal distribution, so that normal data get variance 1.',
  },
});

/** How to scale. Columns by default: numbers and booleans. */
export type RobustScaleOptions = ColumnOption & OptionsInput<typeof robustScaleOptions>;

type Resolved = OptionsOf<typeof robustScaleOptions>;

/**
 * Turns numbers and booleans into (value - median) / (range between quantiles), which outliers hardly change; missing stays NaN.
 * A range of 0 counts as 1; a column with no value at all stays missing.
 * Formulas: scikit-learn's RobustScaler. `fit` throws VALUE_INVALID where a column holds an infinite value.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function robustScale(options: RobustScaleOptions = {}): Transformer {
  const { columns, ...rest } = options;
  const resolved = resolveOptions(robustScaleOptions, rest);
  const choice = checkColumnChoice('robustScale', columns ?? 'numeric');
  const { lowQuantile, highQuantile } = resolved;
  if (highQuantile <= lowQuantile) {
    throw new TabwrightError(
      'OPTION_INVALID',
      `robustScale: highQuantile must be > lowQuantile (${lowQuantile}), got ${highQuantile}`,
    );
  }
  return {
    kind: 'robustScale',
    fit: (table) =>
      fittedRobustScale(
        selectColumns(table, 'robustScale', choice).map(([name, column]) => learn(name, column, resolved)),
      ),
  };
}

function learn(name: string, column: Column, options: Resolved): RobustColumn {
  const sorted = sortedNumbers(finiteNumbers('robustScale', name, column));
  if (sorted.length === 0) return { name, center: 0, scale: 1 };
  const center = options.center ? checkLearned('robustScale', name, median(sorted)) : 0;
  return { name, center, scale: options.scale ? rangeScale(name, sorted, options) : 1 };
}

function rangeScale(name: string, sorted: Float64Array, options: Resolved): number {
  const { lowQuantile, highQuantile, unitVariance } = options;
  const range = checkLearned('robustScale', name, quantile(sorted, highQuantile) - quantile(sorted, lowQuantile));
  const width = range > 0 ? range : 1;
  return unitVariance
    ? checkLearned('robustScale', name, width / (normalQuantile(highQuantile) - normalQuantile(lowQuantile)))
    : width;
}
