// The small door: load a registered model and score rows. Imports neither Zod nor arquero nor any training code.
export type { CustomReaders } from './bundle/read-bundle.js';
export type { Label } from './core/cell.js';
export type { FeatureSchema, FeatureSpec } from './core/feature-spec.js';
export { isTabwrightError } from './core/is-tabwright-error.js';
export type { LivePredictor } from './core/live-predictor.js';
export type {
  Contribution,
  ExplainedPrediction,
  ExplainOptions,
  Explanation,
  Prediction,
  Predictor,
} from './core/predictor.js';
export type { ModelVersion, Registry } from './core/registry.js';
export { TabwrightError } from './core/tabwright-error.js';
export type { PredictorOptions } from './prediction/create-predictor.js';
export { createPredictor } from './prediction/create-predictor.js';
export type { FileRegistryOptions } from './registry/file-registry.js';
export { fileRegistry } from './registry/file-registry.js';
