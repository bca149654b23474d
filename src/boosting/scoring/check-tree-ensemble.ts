// Model files are untrusted: an ensemble that passes here can be walked without a check of bounds, and made into code.
import { TabwrightError } from '../../core/tabwright-error.js';
import type { Tree } from '../tree.js';
import type { TreeEnsemble } from './tree-ensemble.js';

/**
 * Checks sizes, indexes and numbers: arrays fit each other, every node and leaf of a tree is reached exactly once from its root,
 * features exist, thresholds, leaf values and base scores are finite.
 * @throws BUNDLE_INVALID naming the tree and the rule
 */
export function checkTreeEnsemble(ensemble: TreeEnsemble): void {
  const { nFeatures, nOutputs, baseScore, trees } = ensemble;
  if (!Number.isSafeInteger(nOutputs) || nOutputs < 1) throw broken('nOutputs must be an integer >= 1');
  if (baseScore.length !== nOutputs) throw broken(`baseScore must have ${nOutputs} numbers, got ${baseScore.length}`);
  if (!baseScore.every(Number.isFinite)) throw broken('baseScore must be finite');
  if (trees.length % nOutputs !== 0) throw broken(`the number of trees must be a multiple of ${nOutputs}`);
  for (const [t, tree] of trees.entries()) {
    const rule = brokenRule(tree, nFeatures);
    if (rule !== undefined) throw broken(`tree ${t}: ${rule}`);
  }
}

/** The first rule that a tree breaks, or undefined. */
function brokenRule(tree: Tree, nFeatures: number): string | undefined {
  if (!sizesFit(tree)) return 'array lengths must fit the number of nodes and leaves';
  if (!tree.splitFeature.every((feature) => feature >= 0 && feature < nFeatures)) {
    return `splitFeature must be in [0, ${nFeatures})`;
  }
  if (!tree.threshold.every(Number.isFinite)) return 'threshold must be finite';
  if (!tree.leafValue.every(Number.isFinite)) return 'leafValue must be finite';
  if (!startsAscend(tree)) return 'categoryStart must ascend from 0 to the length of categoryBits';
  if (!isTree(tree)) return 'every node and leaf must be reached exactly once from the root';
  return undefined;
}

function sizesFit(tree: Tree): boolean {
  const nNodes = tree.splitFeature.length;
  const { threshold, defaultLeft, leftChild, rightChild, gain, nodeCover, nodeCount } = tree;
  const perNode = [threshold, defaultLeft, leftChild, rightChild, gain, nodeCover, nodeCount];
  const perLeaf = [tree.leafValue, tree.leafCover, tree.leafCount];
  return (
    perNode.every((array) => array.length === nNodes) &&
    perLeaf.every((array) => array.length === nNodes + 1) &&
    tree.categoryStart.length === nNodes + 1
  );
}

function startsAscend({ categoryStart, categoryBits }: Tree): boolean {
  if (categoryStart[0] !== 0 || categoryStart.at(-1) !== categoryBits.length) return false;
  return categoryStart.every((start, i) => i === 0 || start >= (categoryStart[i - 1] as number));
}

function isTree({ leftChild, rightChild }: Tree): boolean {
  const nNodes = leftChild.length;
  const seen = new Uint8Array(2 * nNodes + 1);
  const open = [nNodes === 0 ? -1 : 0];
  let nSeen = 0;
  for (let child = open.pop(); child !== undefined; child = open.pop()) {
    const slot = child >= 0 ? child : nNodes + ~child;
    if (slot >= seen.length || (child >= 0 && child >= nNodes) || seen[slot] === 1) return false;
    seen[slot] = 1;
    nSeen++;
    if (child >= 0) open.push(leftChild[child] as number, rightChild[child] as number);
  }
  return nSeen === seen.length;
}

function broken(rule: string): TabwrightError {
  return new TabwrightError('BUNDLE_INVALID', `trees: ${rule}`);
}
