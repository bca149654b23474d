import { roundedInputs } from '../boosting/scoring/score-row.js';
import type { TreeEnsemble } from '../boosting/scoring/tree-ensemble.js';
import type { FeatureColumn } from '../core/feature-matrix.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { ShapTree, ShapWeights } from './shap-tree.js';
import { addShapValues, shapTree, weightOf } from './shap-tree.js';

/** Rows that go through one tree before the next, whose tables then stay in a fast cache. */
const TILE_ROWS = 256;

/** SHAP values of a tree ensemble: `baseline` plus a row's values of an output sum to its raw score. */
export interface TreeShap {
  /** Mean raw score over the training rows, Float64Array [nOutputs]. */
  readonly baseline: Float64Array;
  /**
   * Explains one row.
   * @param values [nFeatures]; NaN is missing
   * @param out Float64Array [nOutputs * nFeatures], written and returned; made where absent
   */
  explainRow(values: ArrayLike<number>, out?: Float64Array): Float64Array;
  /**
   * Explains many rows.
   * @param columns one array [nRows] a feature
   * @returns Float64Array [nRows * nOutputs * nFeatures], row-major
   */
  explainBatch(columns: readonly FeatureColumn[], nRows: number): Float64Array;
}

/**
 * Exact path-dependent TreeSHAP (Lundberg et al., 2018): what each feature adds to the raw score, on the training rows that the trees
 * remember. The ensemble must have passed `checkTreeEnsemble`.
 * @param weights what trees remember of the training rows: by default their number, or the sum of hessians where there are no counts
 * @throws EXPLANATION_UNAVAILABLE where a tree has neither, as in some files
 */
export function treeShap(ensemble: TreeEnsemble, weights: ShapWeights = weightsOf(ensemble)): TreeShap {
  const { nOutputs, nFeatures } = ensemble;
  const trees = ensemble.trees.map((tree) => shapTree(tree, weights));
  const size = nOutputs * nFeatures;

  function explainRow(values: ArrayLike<number>, out = new Float64Array(size)): Float64Array {
    const inputs = roundedInputs(ensemble, values);
    out.fill(0);
    for (const [t, tree] of trees.entries()) addShapValues(tree, inputs, out, (t % nOutputs) * nFeatures);
    return out;
  }

  function explainBatch(columns: readonly FeatureColumn[], nRows: number): Float64Array {
    const out = new Float64Array(nRows * size);
    for (let start = 0; start < nRows; start += TILE_ROWS) {
      const rows = rowsOf(ensemble, columns, start, Math.min(start + TILE_ROWS, nRows));
      for (const [t, tree] of trees.entries()) {
        const offset = start * size + (t % nOutputs) * nFeatures;
        for (const [i, values] of rows.entries()) addShapValues(tree, values, out, offset + i * size);
      }
    }
    return out;
  }

  return { baseline: baselineOf(ensemble, trees), explainRow, explainBatch };
}

/** Rows [start, end) out of the columns. */
function rowsOf(
  ensemble: TreeEnsemble,
  columns: readonly FeatureColumn[],
  start: number,
  end: number,
): ArrayLike<number>[] {
  return Array.from({ length: end - start }, (_, i) => {
    return roundedInputs(
      ensemble,
      Float64Array.from(columns, (column) => column[start + i] as number),
    );
  });
}

function baselineOf({ nOutputs, baseScore }: TreeEnsemble, trees: readonly ShapTree[]): Float64Array {
  const baseline = Float64Array.from(baseScore);
  for (const [t, { mean }] of trees.entries()) baseline[t % nOutputs] = (baseline[t % nOutputs] as number) + mean;
  return baseline;
}

function weightsOf({ trees }: TreeEnsemble): ShapWeights {
  for (const weights of ['count', 'cover'] as const) {
    if (trees.every((tree) => tree.splitFeature.length === 0 || weightOf(tree, 0, weights) > 0)) return weights;
  }
  throw new TabwrightError(
    'EXPLANATION_UNAVAILABLE',
    'trees: SHAP values need row counts or covers, which this model has not',
  );
}
