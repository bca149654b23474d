// Raw scores by walking each tree: the plain form that every faster scorer must equal bit for bit.
import { leafOf } from './leaf-of.js';
import type { TreeEnsemble } from './tree-ensemble.js';

/**
 * Raw scores of one row: the base score plus one leaf of each tree, added in the order of the trees.
 * @param values [nFeatures]; NaN is missing, a categorical feature's value is a level position
 * @param out Float64Array [nOutputs], written
 */
export function scoreRow(ensemble: TreeEnsemble, values: ArrayLike<number>, out: Float64Array): void {
  const inputs = roundedInputs(ensemble, values);
  const float32 = ensemble.sumPrecision === 'float32';
  out.set(ensemble.baseScore);
  for (const [t, tree] of ensemble.trees.entries()) {
    const output = t % ensemble.nOutputs;
    const sum = (out[output] as number) + (tree.leafValue[leafOf(tree, inputs)] as number);
    out[output] = float32 ? Math.fround(sum) : sum;
  }
}

/** A row's values in the precision in which the ensemble compares them. */
export function roundedInputs({ inputPrecision }: TreeEnsemble, values: ArrayLike<number>): ArrayLike<number> {
  return inputPrecision === 'float32' ? Float32Array.from(values) : values;
}
