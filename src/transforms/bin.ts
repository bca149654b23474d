// Cuts columns of numbers into bins of equal width or equal count, or at given edges (scikit-learn's KBinsDiscretizer).
import type { OptionsInput, OptionsOf } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { Transformer } from '../core/transformer.js';
import type { Column } from '../table/column.js';
import { columnNumbers } from './column-numbers.js';
import { checkLearned, finiteNumbers } from './finite-numbers.js';
import type { BinColumn } from './fitted-bin.js';
import { BIN_OUTPUTS, fittedBin, isAscending } from './fitted-bin.js';
import { quantile, sortedNumbers } from './quantile.js';
import type { ColumnOption } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';

export const binOptions = optionsTable('bin', {
  strategy: {
    type: 'choice',
    choices: ['quantile', 'uniform'],
    default: 'quantile',
    doc: 'Bins of about equally many training rows, or of equal width.',
  },
  bins: {
    type: 'integer',
    min: 2,
    max: 10_000,
    default: 5,
    doc: 'How many bins; fewer where quantiles repeat.',
    aliases: ['nBins'],
  },
  output: {
    type: 'choice',
    choices: BIN_OUTPUTS,
    default: 'numeric',
    doc: 'What the positions of bins mean to a model: numbers on a scale, or names of categories.',
  },
});

/** How to cut. Columns by default: numbers and booleans, or those that `edges` names. */
export type BinOptions = ColumnOption & {
  /** Edges between bins by column, ascending; takes the place of columns, strategy and bins. */
  readonly edges?: Readonly<Record<string, readonly number[]>> | undefined;
} & OptionsInput<typeof binOptions>;

type Resolved = OptionsOf<typeof binOptions>;

/**
 * Replaces numbers and booleans by the position 0, 1, … of their bin; an edge belongs to the bin above it, values past the
 * training range to the outer bins, and missing stays NaN. A column that does not vary has one bin.
 * Formulas: scikit-learn's KBinsDiscretizer with `quantile_method="linear"`. `fit` throws VALUE_INVALID where a column that it
 * learns from holds an infinite value.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function bin(options: BinOptions = {}): Transformer {
  const { columns, edges, ...rest } = options;
  const resolved = resolveOptions(binOptions, rest);
  const { output } = resolved;
  const given = edges && checkEdges(edges, options);
  const choice = checkColumnChoice('bin', given?.map(({ name }) => name) ?? columns ?? 'numeric');
  return {
    kind: 'bin',
    fit(table) {
      const selected = selectColumns(table, 'bin', choice);
      if (given === undefined) {
        return fittedBin({ output, columns: selected.map(([name, column]) => learn(name, column, resolved)) });
      }
      for (const [name, column] of selected) columnNumbers(column, 'bin', name);
      return fittedBin({ output, columns: given });
    },
  };
}

function checkEdges(edges: NonNullable<BinOptions['edges']>, options: BinOptions): readonly BinColumn[] {
  const other = Object.entries(options).find(
    ([name, value]) => value !== undefined && name !== 'edges' && name !== 'output',
  );
  if (other !== undefined) {
    throw new TabwrightError('OPTION_INVALID', `bin: ${other[0]} cannot be given together with edges`);
  }
  return Object.entries(edges).map(([name, list]) => {
    if (!list.every(Number.isFinite) || !isAscending(list)) {
      throw new TabwrightError('OPTION_INVALID', `bin: edges of column ${name} must be finite and ascending`);
    }
    // JSON could not hold -0.
    return { name, edges: list.map((edge) => edge + 0) };
  });
}

function learn(name: string, column: Column, { strategy, bins }: Resolved): BinColumn {
  const sorted = sortedNumbers(finiteNumbers('bin', name, column));
  if (sorted.length === 0) return { name, edges: [] };
  const min = sorted[0] as number;
  const max = sorted.at(-1) as number;
  const step = checkLearned('bin', name, max - min) / bins;
  const ends = Array.from({ length: bins + 1 }, (_, i) => {
    if (strategy === 'quantile') return quantile(sorted, ((100 / bins) * i) / 100);
    return i === bins ? max : min + step * i + 0;
  });
  const different = ends.filter((end, i) => i === 0 || end > (ends[i - 1] as number));
  return { name, edges: different.slice(1, -1) };
}
