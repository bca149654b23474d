import type { ModelFeature } from '../core/feature-matrix.js';
import type { FittedTransformer } from '../core/transformer.js';
import { replaceFeatures } from './replace-features.js';

/** The features that a fitted step makes of these columns, in order; columns it does not read stay, as numbers. */
export function encodedFeatures(fitted: FittedTransformer, columns: readonly string[]): readonly ModelFeature[] {
  const features = new Map<string, ModelFeature>(columns.map((name) => [name, { name, kind: 'numeric' }]));
  replaceFeatures(features, fitted);
  return [...features.values()];
}
