import type { Tree } from '../tree.js';

/** A sum of trees: what scoring and explaining read, and what growing and the file formats make. */
export interface TreeEnsemble {
  readonly nFeatures: number;
  /** Raw scores a row: one a class for multiclass, else 1. */
  readonly nOutputs: number;
  /** What each raw score starts from, Float64Array [nOutputs]. */
  readonly baseScore: Float64Array;
  /** Tree `t` adds to output `t % nOutputs`. */
  readonly trees: readonly Tree[];
  /** `float32` where values are rounded to float32 before they meet a threshold, as XGBoost and CatBoost do. */
  readonly inputPrecision: 'float32' | 'float64';
  /** `float32` where each addition of a leaf is rounded to float32, as XGBoost does. */
  readonly sumPrecision: 'float32' | 'float64';
}
