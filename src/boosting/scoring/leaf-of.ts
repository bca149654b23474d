import type { Tree } from '../tree.js';

/**
 * The leaf that a row falls into, [0, nLeaves).
 * @param values the row's features in the ensemble's input precision; NaN is missing
 */
export function leafOf(tree: Tree, values: ArrayLike<number>): number {
  let node = tree.splitFeature.length === 0 ? -1 : 0;
  while (node >= 0) {
    const value = values[tree.splitFeature[node] as number] as number;
    node = (goesLeft(tree, node, value) ? tree.leftChild[node] : tree.rightChild[node]) as number;
  }
  return ~node;
}

/** Whether a node sends a value to its left child. */
export function goesLeft(tree: Tree, node: number, value: number): boolean {
  if (Number.isNaN(value)) return tree.defaultLeft[node] === 1;
  const start = tree.categoryStart[node] as number;
  const end = tree.categoryStart[node + 1] as number;
  if (start === end) return value <= (tree.threshold[node] as number);
  return hasLevel(tree.categoryBits, start, end, value);
}

/** Whether the bit set in words [start, end) holds a level; fractions are cut off; NaN, negative and unknown levels are in no set. */
export function hasLevel(words: Uint32Array, start: number, end: number, value: number): boolean {
  const level = Math.trunc(value);
  if (!(level >= 0 && level < 32 * (end - start))) return false;
  return (((words[start + (level >>> 5)] as number) >>> (level & 31)) & 1) === 1;
}
