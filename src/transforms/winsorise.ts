// Holds columns between bounds that are learned, so that no outlier carries a fit away (feature-engine's Winsorizer).
import type { OptionsInput, OptionsOf } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { Transformer } from '../core/transformer.js';
import type { Column } from '../table/column.js';
import { columnMoments } from './column-moments.js';
import { checkLearned, finiteNumbers } from './finite-numbers.js';
import type { BoundedColumn } from './fitted-bounds.js';
import { fittedBounds } from './fitted-bounds.js';
import { quantile, sortedNumbers } from './quantile.js';
import type { ColumnOption } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';

export const winsoriseOptions = optionsTable('winsorise', {
  method: {
    type: 'choice',
    choices: ['quantiles', 'iqr', 'deviations'],
    default: 'quantiles',
    doc: 'The bounds: quantiles, quartiles -+ fold times their range, or mean -+ fold times the standard deviation.',
  },
  share: {
    type: 'number',
    exclusiveMin: 0,
    exclusiveMax: 0.5,
    default: undefined,
    doc: 'Share of rows beyond each bound, with quantiles only; 0.05 where absent.',
  },
  fold: {
    type: 'number',
    exclusiveMin: 0,
    default: undefined,
    doc: 'How far the bounds are, with the other methods only; 1.5 for iqr and 3 for deviations where absent.',
  },
  tail: {
    type: 'choice',
    choices: ['both', 'low', 'high'],
    default: 'both',
    doc: 'The ends that are bounded.',
  },
});

/** How to bound. Columns by default: numbers and booleans. */
export type WinsoriseOptions = ColumnOption & OptionsInput<typeof winsoriseOptions>;

type Resolved = OptionsOf<typeof winsoriseOptions>;

/**
 * Replaces numbers beyond bounds that the training rows give by the bound; missing stays NaN. A column with no value is not
 * bounded. `fit` throws VALUE_INVALID where a column holds an infinite value.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function winsorise(options: WinsoriseOptions = {}): Transformer {
  const { columns, ...rest } = options;
  const resolved = resolveOptions(winsoriseOptions, rest);
  const choice = checkColumnChoice('winsorise', columns ?? 'numeric');
  const unused = resolved.method === 'quantiles' ? 'fold' : 'share';
  if (resolved[unused] !== undefined) {
    throw new TabwrightError('OPTION_INVALID', `winsorise: ${unused} means nothing with method ${resolved.method}`);
  }
  return {
    kind: 'winsorise',
    fit: (table) =>
      fittedBounds(
        'winsorise',
        selectColumns(table, 'winsorise', choice).map(([name, column]) => learn(name, column, resolved)),
      ),
  };
}

function learn(name: string, column: Column, options: Resolved): BoundedColumn {
  const sorted = sortedNumbers(finiteNumbers('winsorise', name, column));
  if (sorted.length === 0) return { name, min: null, max: null };
  const [low, high] = bounds(sorted, options);
  return {
    name,
    min: options.tail === 'high' ? null : checkLearned('winsorise', name, low) + 0,
    max: options.tail === 'low' ? null : checkLearned('winsorise', name, high) + 0,
  };
}

function bounds(sorted: Float64Array, { method, share = 0.05, fold }: Resolved): readonly [number, number] {
  if (method === 'quantiles') return [quantile(sorted, share), quantile(sorted, 1 - share)];
  if (method === 'iqr') {
    const [low, high] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
    const reach = (fold ?? 1.5) * (high - low);
    return [low - reach, high + reach];
  }
  const { mean, variance } = columnMoments(sorted);
  const reach = (fold ?? 3) * Math.sqrt(variance);
  return [mean - reach, mean + reach];
}
