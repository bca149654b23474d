// Fills missing cells by what the training rows hold (scikit-learn's SimpleImputer).
import type { OptionsInput, OptionsOf } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import type { Transformer } from '../core/transformer.js';
import type { Column } from '../table/column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';
import { levelCell } from './category-levels.js';
import { cellNumber } from './cell-number.js';
import { columnKind } from './column-kind.js';
import { columnMoments } from './column-moments.js';
import { columnNumbers } from './column-numbers.js';
import { checkLearned, finiteNumbers } from './finite-numbers.js';
import type { ImputeColumn } from './fitted-impute.js';
import { fittedImpute } from './fitted-impute.js';
import { learnLevels } from './learn-levels.js';
import { median, sortedNumbers } from './quantile.js';
import type { ColumnOption } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';

export const imputeOptions = optionsTable('impute', {
  strategy: {
    type: 'choice',
    choices: ['median', 'mean', 'mostFrequent', 'constant'],
    default: 'median',
    doc: 'What fills a missing cell; mostFrequent takes the smallest of equally frequent values.',
  },
  fillNumber: { type: 'number', default: 0, doc: 'Fills columns of numbers and booleans under the constant strategy.' },
  fillString: { type: 'string', default: 'missing', doc: 'Fills columns of strings under the constant strategy.' },
  keepEmpty: {
    type: 'boolean',
    default: false,
    doc: 'Keeps a column with no value at all and fills it with 0; else such a column is taken out. The constant strategy always keeps it.',
    aliases: ['keepEmptyFeatures'],
  },
});

/** How to fill. Columns by default: numbers and booleans; with mostFrequent and constant strings as well. */
export type ImputeOptions = ColumnOption & OptionsInput<typeof imputeOptions>;

type Resolved = OptionsOf<typeof imputeOptions>;

/**
 * Fills missing cells: numbers and booleans become numbers, strings stay strings.
 * Formulas: scikit-learn's SimpleImputer. `fit` throws VALUE_INVALID where a numeric column holds an infinite value.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function impute(options: ImputeOptions = {}): Transformer {
  const { columns, ...rest } = options;
  const resolved = resolveOptions(imputeOptions, rest);
  const takesStrings = resolved.strategy === 'mostFrequent' || resolved.strategy === 'constant';
  const choice = checkColumnChoice('impute', columns ?? (takesStrings ? 'all' : 'numeric'));
  return {
    kind: 'impute',
    fit: (table) =>
      fittedImpute(
        selectColumns(table, 'impute', choice).map(([name, column]): ImputeColumn => {
          return { name, fill: columnFill(name, column, resolved) };
        }),
      ),
  };
}

function columnFill(name: string, column: Column, options: Resolved): number | string | null {
  const { strategy } = options;
  if (strategy === 'constant') return constantFill(name, column, options);
  if (columnKind(column) === 'nothing') return options.keepEmpty ? 0 : null;
  if (strategy === 'mostFrequent') return mostFrequent(name, column);
  const numbers = finiteNumbers('impute', name, column);
  const fill = strategy === 'mean' ? columnMoments(numbers).mean : median(sortedNumbers(numbers));
  return checkLearned('impute', name, fill);
}

function constantFill(name: string, column: Column, { fillNumber, fillString }: Resolved): number | string {
  if (column instanceof DictionaryColumn) return fillString;
  columnNumbers(column, 'impute', name);
  return fillNumber + 0;
}

/** The level seen most often, the first of several; booleans as 0 and 1. */
function mostFrequent(name: string, column: Column): number | string {
  if (!(column instanceof DictionaryColumn)) finiteNumbers('impute', name, column);
  const { type, levels, counts } = learnLevels('impute', name, column);
  const most = counts.reduce((best, count, position) => (count > (counts[best] as number) ? position : best), 0);
  const cell = levelCell(type, levels[most] as string);
  return typeof cell === 'string' ? cell : cellNumber(cell, 'impute', name);
}
