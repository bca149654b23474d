import type { FittedTransformer } from '../core/transformer.js';

/** The columns that a column is made of, once the step has run; one that the step does not write is made of itself. */
export function outputSources(step: FittedTransformer, column: string): readonly string[] {
  const known = step.sources?.get(column);
  if (known !== undefined) return known;
  const isNew = !step.inputs.includes(column) && step.outputs.some(({ name }) => name === column);
  return isNew ? step.inputs : [column];
}
