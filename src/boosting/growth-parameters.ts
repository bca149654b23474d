// Everything growing a tree depends on, as plain data for the threads.
import type { LeafRule } from './leaf-output.js';

export interface GrowthParameters extends LeafRule {
  readonly growPolicy: 'leafwise' | 'depthwise' | 'symmetric';
  readonly maxLeaves: number;
  /** Infinity for no limit. */
  readonly maxDepth: number;
  readonly learningRate: number;
  readonly minDataInLeaf: number;
  readonly minSumHessianInLeaf: number;
  readonly minGainToSplit: number;
  readonly featureFraction: number;
  readonly featureFractionByLevel: number;
  readonly featureFractionByNode: number;
  /** One random threshold a feature instead of all. */
  readonly extraTrees: boolean;
  readonly catL2: number;
  readonly catSmooth: number;
  readonly maxCatThreshold: number;
  readonly maxCatToOnehot: number;
  readonly minDataPerGroup: number;
  /** -1, 0 or 1 a column. */
  readonly monotone: Int8Array;
  readonly isMonotone: boolean;
  /** Sets of columns that may meet on a path; undefined where all may. */
  readonly interactions: readonly (readonly number[])[] | undefined;
}

/** Whether a leaf's gain follows from its sums alone, so that the fast search applies. */
export function isPlainGain(parameters: GrowthParameters): boolean {
  return parameters.maxDeltaStep === 0 && parameters.pathSmooth === 0 && !parameters.isMonotone;
}
