// Fitted steps one after the other, as one fitted step.
import type { ModelFeature } from '../core/feature-matrix.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { FittedTransformer, RowStep } from '../core/transformer.js';
import { outputSources } from './output-sources.js';
import { replaceFeatures } from './replace-features.js';

/**
 * Chains fitted steps.
 * @throws COLUMN_MISSING where a step reads a column that an earlier one took out
 */
export function fittedPipeline(steps: readonly FittedTransformer[]): FittedTransformer {
  const columns = pipelineColumns(steps);
  return {
    kind: 'pipeline',
    ...columns,
    sources: pipelineSources(steps, columns.inputs),
    transform: (table) => steps.reduce((current, step) => step.transform(current), table),
    rowStep: (slots) => inOrder(steps.map((step) => step.rowStep(slots))),
    toJSON: () => ({ kind: 'pipeline', steps: steps.map((step) => step.toJSON()) }),
  };
}

function pipelineColumns(steps: readonly FittedTransformer[]): Pick<FittedTransformer, 'inputs' | 'keeps' | 'outputs'> {
  const inputs = new Set<string>();
  const features = new Map<string, ModelFeature>();
  const known = new Set<string>();
  const untouched = new Set<string>();
  for (const step of steps) {
    for (const name of step.inputs) {
      if (features.has(name)) continue;
      if (known.has(name)) {
        throw new TabwrightError('COLUMN_MISSING', `${step.kind}: column ${name} was taken out by an earlier step`);
      }
      inputs.add(name);
      features.set(name, { name, kind: 'numeric' });
      untouched.add(name);
    }
    replaceFeatures(features, step);
    for (const name of step.inputs) if (!step.keeps?.includes(name)) untouched.delete(name);
    for (const { name } of step.outputs) untouched.delete(name);
    for (const name of features.keys()) known.add(name);
    for (const name of step.inputs) known.add(name);
  }
  const outputs = [...features.values()].filter(({ name }) => !untouched.has(name));
  return { inputs: [...inputs], ...(untouched.size > 0 && { keeps: [...untouched] }), outputs };
}

/** The inputs of the pipeline that each column, once all steps have run, is made of. */
function pipelineSources(
  steps: readonly FittedTransformer[],
  inputs: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const sources = new Map<string, readonly string[]>(inputs.map((name) => [name, [name]]));
  for (const step of steps) {
    const made = step.outputs.map(({ name }): [string, string[]] => [
      name,
      [...new Set(outputSources(step, name).flatMap((input) => sources.get(input) ?? []))],
    ]);
    for (const [name, from] of made) sources.set(name, from);
  }
  return sources;
}

function inOrder(steps: readonly RowStep[]): RowStep {
  return (cells) => {
    for (const step of steps) step(cells);
  };
}
