// Categories as numbers 0, 1, … in one column (scikit-learn's OrdinalEncoder), marked so that trees split on them natively.
import type { OptionsInput } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { Transformer } from '../core/transformer.js';
import type { Column } from '../table/column.js';
import type { CategoryColumn } from './category-levels.js';
import { columnKind } from './column-kind.js';
import { fittedOrdinal, ORDINAL_OUTPUTS, ORDINAL_UNKNOWN_POLICIES } from './fitted-ordinal.js';
import { learnLevels } from './learn-levels.js';
import type { ColumnOption } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';

export const ordinalOptions = optionsTable('ordinal', {
  unknown: {
    type: 'choice',
    choices: ORDINAL_UNKNOWN_POLICIES,
    default: 'missing',
    doc: 'A category that was not learned: missing (NaN), or an error.',
    aliases: ['handleUnknown'],
  },
  output: {
    type: 'choice',
    choices: ORDINAL_OUTPUTS,
    default: 'categorical',
    doc: 'What the positions mean to a model: names of categories, or numbers on a scale.',
  },
});

/** How to encode. Columns by default: strings; numbers and booleans can be named. */
export type OrdinalOptions = ColumnOption & {
  /** Levels of string columns in the order that decides their positions, by column; sorted where absent. */
  readonly levels?: Readonly<Record<string, readonly string[]>> | undefined;
} & OptionsInput<typeof ordinalOptions>;

/**
 * Replaces each category by its position among the column's levels; missing stays NaN.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function ordinal(options: OrdinalOptions = {}): Transformer {
  const { columns, levels, ...rest } = options;
  const { output, unknown } = resolveOptions(ordinalOptions, rest);
  const choice = checkColumnChoice('ordinal', columns ?? 'categorical');
  const given = checkLevels(levels);
  return {
    kind: 'ordinal',
    fit(table) {
      const selected = selectColumns(table, 'ordinal', choice);
      const names = new Set(selected.map(([name]) => name));
      const stray = [...given.keys()].find((name) => !names.has(name));
      if (stray !== undefined) {
        throw new TabwrightError(
          'COLUMN_MISSING',
          `ordinal: levels are given for column ${stray}, which it does not encode`,
        );
      }
      const learned = selected.map(([name, column]) => learn(name, column, given.get(name)));
      return fittedOrdinal({ output, unknown, columns: learned });
    },
  };
}

function checkLevels(levels: OrdinalOptions['levels']): ReadonlyMap<string, readonly string[]> {
  const given = new Map(Object.entries(levels ?? {}).map(([name, list]) => [name, [...list]]));
  for (const [name, list] of given) {
    if (!list.every((level) => typeof level === 'string') || new Set(list).size < list.length) {
      throw new TabwrightError('OPTION_INVALID', `ordinal: levels of column ${name} must be different strings`);
    }
  }
  return given;
}

function learn(name: string, column: Column, given: readonly string[] | undefined): CategoryColumn {
  if (given !== undefined) return givenLevels(name, column, given);
  const { type, levels } = learnLevels('ordinal', name, column);
  return { name, type, levels };
}

function givenLevels(name: string, column: Column, levels: readonly string[]): CategoryColumn {
  const kind = columnKind(column);
  if (kind === 'strings' || kind === 'nothing') return { name, type: 'string', levels };
  throw new TabwrightError(
    'COLUMN_INVALID',
    `ordinal: column ${name} must hold strings, as its levels are, got ${kind}`,
  );
}
