import type { FeatureColumn } from '../../core/feature-matrix.js';
import { leafOf } from './leaf-of.js';
import { roundedInputs } from './score-row.js';
import type { TreeEnsemble } from './tree-ensemble.js';

/**
 * The leaf of every tree that each row falls into.
 * @param columns one array [nRows] a feature; NaN is missing
 * @returns Int32Array [nRows * nTrees], row-major
 */
export function leafIndexes(ensemble: TreeEnsemble, columns: readonly FeatureColumn[], nRows: number): Int32Array {
  const { trees } = ensemble;
  const leaves = new Int32Array(nRows * trees.length);
  for (let row = 0; row < nRows; row++) {
    const values = roundedInputs(
      ensemble,
      columns.map((column) => column[row] as number),
    );
    for (const [t, tree] of trees.entries()) leaves[row * trees.length + t] = leafOf(tree, values);
  }
  return leaves;
}
