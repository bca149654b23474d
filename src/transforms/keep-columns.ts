import type { Transformer } from '../core/transformer.js';
import { fittedDropColumns } from './fitted-drop-columns.js';
import type { ColumnChoice } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';

/**
 * Takes every column out that is not chosen, dates too unless named or chosen by `date`: by name, or by what the columns hold
 * when the step is fitted. Those that go must be in every table and row that the step is applied to, like those that stay.
 * @throws OPTION_INVALID
 */
export function keepColumns(columns: ColumnChoice): Transformer {
  const choice = checkColumnChoice('keepColumns', columns);
  return {
    kind: 'keepColumns',
    fit(table) {
      const keep = selectColumns(table, 'keepColumns', choice).map(([name]) => name);
      const kept = new Set(keep);
      const drop = table.columnNames().filter((name) => !kept.has(name));
      return fittedDropColumns('keepColumns', keep, drop);
    },
  };
}
