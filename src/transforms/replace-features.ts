import type { ModelFeature } from '../core/feature-matrix.js';
import type { FittedTransformer } from '../core/transformer.js';

/** Does to these features, by name, what a step does to a table's columns. Writes into `features`. */
export function replaceFeatures(
  features: Map<string, ModelFeature>,
  step: Pick<FittedTransformer, 'inputs' | 'keeps' | 'outputs'>,
): void {
  const staying = new Set([...step.outputs.map(({ name }) => name), ...(step.keeps ?? [])]);
  for (const name of step.inputs) if (!staying.has(name)) features.delete(name);
  for (const feature of step.outputs) features.set(feature.name, feature);
}
