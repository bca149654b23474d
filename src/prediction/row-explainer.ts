// From what encoded columns add to a raw score to what the row's own features do.
import type { LoadedBundle } from '../bundle/read-bundle.js';
import type { Contribution, Explanation } from '../core/predictor.js';
import { modelExplainer } from '../explain/model-explainer.js';
import { outputSources } from '../transforms/output-sources.js';

/**
 * Explains an encoded row.
 * @param values [nFeatures of the model]
 * @param output position of the raw score to explain
 * @param top most contributions to list; all of them where undefined
 */
export type RowExplainer = (values: Float64Array, output: number, top: number | undefined) => Explanation;

/** Compiles the explainer of a model, which takes some milliseconds for a hundred trees. @throws EXPLANATION_UNAVAILABLE */
export function rowExplainer({ spec, pipeline, model }: LoadedBundle): RowExplainer {
  const { baseline, explainRow } = modelExplainer(model);
  const fields = spec.fields.map(({ name }) => name);
  const owners = model.features.map(({ name }) => {
    const sources = outputSources(pipeline, name);
    return sources.map((source) => fields.indexOf(source)).filter((position) => position >= 0);
  });
  return (values, output, top = fields.length) => {
    const encoded = explainRow(values).subarray(output * owners.length, (output + 1) * owners.length);
    const base = baseline[output] as number;
    const all = perField(encoded, owners, fields).sort(bySize);
    return {
      raw: encoded.reduce((sum, value) => sum + value, base),
      base,
      contributions: all.slice(0, top),
      others: all.slice(top).reduce((sum, { contribution }) => sum + contribution, 0),
    };
  };
}

function perField(
  encoded: Float64Array,
  owners: readonly (readonly number[])[],
  fields: readonly string[],
): Contribution[] {
  const sums = new Float64Array(fields.length);
  for (const [j, own] of owners.entries()) {
    for (const field of own) sums[field] = (sums[field] as number) + (encoded[j] as number) / own.length;
  }
  return fields.map((feature, i) => ({ feature, contribution: sums[i] as number }));
}

function bySize(a: Contribution, b: Contribution): number {
  return Math.abs(b.contribution) - Math.abs(a.contribution);
}
