// Makes columns more like a normal distribution by a power that is learned (scikit-learn's PowerTransformer).
import type { OptionsInput, OptionsOf } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import type { Transformer } from '../core/transformer.js';
import type { Column } from '../table/column.js';
import { columnMoments } from './column-moments.js';
import { checkLearned, finiteNumbers } from './finite-numbers.js';
import type { PowerColumn } from './fitted-power-transform.js';
import { BOX_COX_DOMAIN, boxCox, fittedPowerTransform, POWER_METHODS, yeoJohnson } from './fitted-power-transform.js';
import { checkDomain } from './number-domain.js';
import { powerLambda } from './power-lambda.js';
import type { ColumnOption } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';

export const powerTransformOptions = optionsTable('powerTransform', {
  method: {
    type: 'choice',
    choices: POWER_METHODS,
    default: 'yeoJohnson',
    doc: 'The family of powers: yeoJohnson takes any number, boxCox numbers above 0.',
  },
  standardize: { type: 'boolean', default: true, doc: 'Gives the result mean 0 and standard deviation 1.' },
});

/** How to transform. Columns by default: numbers and booleans. */
export type PowerTransformOptions = ColumnOption & OptionsInput<typeof powerTransformOptions>;

type Resolved = OptionsOf<typeof powerTransformOptions>;

/**
 * Replaces numbers and booleans by a power of them, whose exponent is learned by maximum likelihood; missing stays NaN.
 * A column that does not vary gets the exponent 1, one with no value at all stays missing.
 * Formulas: scikit-learn's PowerTransformer. `fit` throws VALUE_INVALID where a column holds an infinite value; with boxCox,
 * `fit`, `transform` and the row path throw it for values that are not above 0.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function powerTransform(options: PowerTransformOptions = {}): Transformer {
  const { columns, ...rest } = options;
  const resolved = resolveOptions(powerTransformOptions, rest);
  const choice = checkColumnChoice('powerTransform', columns ?? 'numeric');
  return {
    kind: 'powerTransform',
    fit: (table) =>
      fittedPowerTransform(
        resolved.method,
        selectColumns(table, 'powerTransform', choice).map(([name, column]) => learn(name, column, resolved)),
      ),
  };
}

function learn(name: string, column: Column, { method, standardize }: Resolved): PowerColumn {
  const numbers = finiteNumbers('powerTransform', name, column);
  if (method === 'boxCox') checkDomain('powerTransform', name, BOX_COX_DOMAIN, numbers);
  const values = numbers.filter((value) => !Number.isNaN(value));
  const lambda = checkLearned('powerTransform', name, powerLambda(method, values));
  if (!standardize) return { name, lambda, mean: 0, scale: 1 };
  const power = method === 'boxCox' ? boxCox : yeoJohnson;
  const { mean, variance } = columnMoments(values.map((value) => power(value, lambda)));
  const scale = Math.sqrt(checkLearned('powerTransform', name, variance));
  return { name, lambda, mean: checkLearned('powerTransform', name, mean), scale: scale > 0 ? scale : 1 };
}
