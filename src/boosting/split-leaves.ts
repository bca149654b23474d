// Splitting leaves, as many between two joins of the threads as the memory layout has room for.
import type { GrowingTree, Leaf, Split } from './growing-tree.js';
import { type TreeRun, writeNode } from './lead-engine.js';
import { OPERATION } from './operations.js';
import { writeMergeTask, writeSplitTask } from './split-tasks.js';

/** A leaf that is to be split; where it `isLast`, its children are not. */
export interface ChosenSplit {
  readonly leaf: Leaf;
  readonly split: Split;
  readonly isLast: boolean;
}

/** Children whose histograms are wanted; `part` is the position of their split. */
export interface Siblings {
  readonly part: number;
  readonly small: Leaf;
  readonly big: Leaf;
}

/** Parts the rows of the leaves and sums their smaller children; those whose children may be split are returned. */
export function splitLeaves(
  run: TreeRun,
  tree: GrowingTree,
  chosen: readonly ChosenSplit[],
  childrenOf: (run: TreeRun, leaf: Leaf, split: Split, newId: number) => [Leaf, Leaf],
): Siblings[] {
  const { layout, views } = run.engine;
  const firstNode = tree.nodes.length;
  const firstId = tree.leaves.length;
  chosen.forEach(({ leaf, split, isLast }, i) => {
    const node = firstNode + i;
    const newLeaf = firstId + i;
    writeNode(run, node, split);
    const small = isLast ? -1 : isLeftSmall(leaf, split) ? leaf.id : newLeaf;
    writeSplitTask(views, layout, i, { leaf: leaf.id, newLeaf, column: split.column, node, small, slot: newLeaf });
  });
  run.crew.run(OPERATION.splitLeaves, chosen.length);
  const siblings: Siblings[] = [];
  chosen.forEach(({ leaf, split, isLast }, part) => {
    const newId = firstId + part;
    const [left, right] = childrenOf(run, leaf, split, newId);
    const [small, big] = isLeftSmall(leaf, split) ? [left, right] : [right, left];
    small.slot = newId;
    big.slot = leaf.slot;
    tree.splitLeaf(split, left, right);
    if (!isLast) siblings.push({ part, small, big });
  });
  return siblings;
}

/** Completes the histograms of siblings; `searchesOf` says which of a pair are searched then, as a merge task has it. */
export function mergeSiblings(
  run: TreeRun,
  siblings: readonly Siblings[],
  searchesOf: (pair: Siblings, position: number) => number,
): void {
  if (siblings.length === 0) return;
  const { layout, views } = run.engine;
  siblings.forEach((pair, i) => {
    const { part, small, big } = pair;
    const { slot, sumG, sumH } = small;
    writeMergeTask(views, layout, i, { part, slot, sibling: big.slot, sumG, sumH, searches: searchesOf(pair, i) });
  });
  run.crew.run(OPERATION.mergeSplits, siblings.length);
}

function isLeftSmall(leaf: Leaf, split: Split): boolean {
  return 2 * split.leftH <= leaf.sumH;
}
