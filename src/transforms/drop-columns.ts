import type { Transformer } from '../core/transformer.js';
import { fittedDropColumns } from './fitted-drop-columns.js';
import type { ColumnChoice } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';

/**
 * Takes columns out: by name, or by what they hold when the step is fitted.
 * @throws OPTION_INVALID
 */
export function dropColumns(columns: ColumnChoice): Transformer {
  const choice = checkColumnChoice('dropColumns', columns);
  return {
    kind: 'dropColumns',
    fit(table) {
      const drop = selectColumns(table, 'dropColumns', choice).map(([name]) => name);
      return fittedDropColumns('dropColumns', [], drop);
    },
  };
}
