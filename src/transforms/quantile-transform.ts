// Spreads columns evenly, or as a normal distribution, by the ranks of their values (scikit-learn's QuantileTransformer).
import type { OptionsInput } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import type { Transformer } from '../core/transformer.js';
import type { Column } from '../table/column.js';
import { checkLearned, finiteNumbers } from './finite-numbers.js';
import type { QuantileColumn } from './fitted-quantile-transform.js';
import { fittedQuantileTransform, QUANTILE_OUTPUTS, rankAt } from './fitted-quantile-transform.js';
import { quantile, sortedNumbers } from './quantile.js';
import type { ColumnOption } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';

export const quantileTransformOptions = optionsTable('quantileTransform', {
  output: {
    type: 'choice',
    choices: QUANTILE_OUTPUTS,
    default: 'uniform',
    doc: 'The distribution that training values get: even in [0, 1], or standard normal.',
    aliases: ['outputDistribution'],
  },
  nQuantiles: {
    type: 'integer',
    min: 2,
    max: 100_000,
    default: 1000,
    doc: 'Quantiles kept a column; at most one a training row.',
  },
});

/** How to transform. Columns by default: numbers and booleans. */
export type QuantileTransformOptions = ColumnOption & OptionsInput<typeof quantileTransformOptions>;

/**
 * Replaces numbers and booleans by their rank among the training values, interpolated between quantiles; missing stays NaN.
 * Values past the training range get the ranks 0 and 1, with `output: 'normal'` about -5.2 and 5.2.
 * Formulas: scikit-learn's QuantileTransformer, without its subsampling. `fit` throws VALUE_INVALID where a column holds an
 * infinite value.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function quantileTransform(options: QuantileTransformOptions = {}): Transformer {
  const { columns, ...rest } = options;
  const { output, nQuantiles } = resolveOptions(quantileTransformOptions, rest);
  const choice = checkColumnChoice('quantileTransform', columns ?? 'numeric');
  return {
    kind: 'quantileTransform',
    fit(table) {
      const n = Math.min(nQuantiles, table.numRows());
      const learned = selectColumns(table, 'quantileTransform', choice).map(([name, column]) => learn(name, column, n));
      return fittedQuantileTransform({ output, columns: learned });
    },
  };
}

function learn(name: string, column: Column, n: number): QuantileColumn {
  const sorted = sortedNumbers(finiteNumbers('quantileTransform', name, column));
  if (sorted.length === 0) return { name, quantiles: [] };
  checkLearned('quantileTransform', name, (sorted.at(-1) as number) - (sorted[0] as number));
  let highest = Number.NEGATIVE_INFINITY;
  const quantiles = Array.from({ length: n }, (_, position) => {
    // The detour over percentages rounds as numpy does; rounding must not make a quantile smaller than the one before it.
    highest = Math.max(highest, quantile(sorted, (rankAt(position, n) * 100) / 100));
    return highest;
  });
  return { name, quantiles };
}
