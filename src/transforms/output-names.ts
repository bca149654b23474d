// No step may write one column over another by accident.
import type { ColumnTable } from 'arquero';
import { TabwrightError } from '../core/tabwright-error.js';
import type { FittedTransformer } from '../core/transformer.js';

/** @throws COLUMN_INVALID where two outputs have one name, or an output that of an input that it does not replace */
export function checkOutputNames(step: string, inputs: readonly string[], outputs: readonly string[]): void {
  const taken = new Set(inputs);
  for (const name of outputs) {
    if (taken.has(name)) throw new TabwrightError('COLUMN_INVALID', `${step}: two columns would be named ${name}`);
    taken.add(name);
  }
}

/** The step itself. @throws COLUMN_INVALID where an output would replace a column that the step does not read */
export function checkedAgainst(table: ColumnTable, fitted: FittedTransformer): FittedTransformer {
  const inputs = new Set(fitted.inputs);
  const taken = new Set(table.columnNames());
  const clash = fitted.outputs.find(({ name }) => taken.has(name) && !inputs.has(name));
  if (clash === undefined) return fitted;
  throw new TabwrightError('COLUMN_INVALID', `${fitted.kind}: the table has a column ${clash.name} already`);
}
