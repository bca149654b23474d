// One row through the WebAssembly kernel, which walks eight trees side by side. Unlike JavaScript generated from the trees, which V8
// takes tens of thousands of calls to optimize, it is fast from the first rows on and needs no right to generate code.
import type { Tree } from '../tree.js';
import { KernelMemory } from './kernel-memory.js';
import { categoryWords, levelCounts } from './level-counts.js';
import type { RowScorer } from './scorer.js';
import { type ScoringKernel, scoringKernel } from './scoring-kernel.js';
import type { TreeEnsemble } from './tree-ensemble.js';

const NODE_BYTES = 16;
/** Trees that the kernel walks side by side. */
const LANES = 8;
/** Marks the slot of a node that tests a set of levels. */
const SET_TEST = 0x8000_0000;
/** Past every bit set, as an unsigned number. */
const NO_LEVEL = -1;

/** A row in memory: each feature with missing values low, so that they go left, and high; then the levels of each feature. */
interface Row {
  readonly address: number;
  readonly values: Float64Array;
  readonly levels: Int32Array;
}

/**
 * A row scorer on WebAssembly, or undefined where the host has none. The ensemble must have passed `checkTreeEnsemble`.
 */
export function kernelRowScorer(ensemble: TreeEnsemble): RowScorer | undefined {
  const kernel = scoringKernel();
  if (kernel === undefined) return undefined;
  const { nFeatures, nOutputs, baseScore } = ensemble;
  const bitCounts = levelCounts(ensemble);
  const memory = new KernelMemory(kernel);
  const placed = placeTrees(kernel, memory, ensemble, bitCounts);
  const address = memory.reserve(20 * nFeatures);
  const row: Row = {
    address,
    values: new Float64Array(kernel.memory.buffer, address, 2 * nFeatures),
    levels: new Int32Array(kernel.memory.buffer, address + 16 * nFeatures, nFeatures),
  };
  const float32 = ensemble.inputPrecision === 'float32';
  const float32Sum = Number(ensemble.sumPrecision === 'float32');
  return (values, out) => {
    writeRow(row, values, bitCounts, float32);
    for (let output = 0; output < nOutputs; output++) {
      const { roots, count } = placed.outputs[output] as Roots;
      const base = baseScore[output] as number;
      out[output] = kernel.scoreRow(roots, count, row.address, placed.nodes, placed.leafValues, base, float32Sum);
    }
  };
}

function writeRow({ values, levels }: Row, from: Float64Array, bitCounts: Uint32Array, float32: boolean): void {
  for (let f = 0; f < bitCounts.length; f++) {
    const value = float32 ? Math.fround(from[f] as number) : (from[f] as number);
    const missing = Number.isNaN(value);
    values[2 * f] = missing ? Number.NEGATIVE_INFINITY : value;
    values[2 * f + 1] = missing ? Number.POSITIVE_INFINITY : value;
    const bits = bitCounts[f] as number;
    if (bits > 0) levels[f] = missing ? bits : value > -1 && value < bits ? value | 0 : NO_LEVEL;
  }
}

interface Roots {
  readonly roots: number;
  readonly count: number;
}

/** Addresses of all nodes, of their leaf values and of the roots of each output's trees. */
interface PlacedTrees {
  readonly nodes: number;
  readonly leafValues: number;
  readonly outputs: readonly Roots[];
}

function placeTrees(
  kernel: ScoringKernel,
  memory: KernelMemory,
  { trees, nOutputs }: TreeEnsemble,
  bitCounts: Uint32Array,
): PlacedTrees {
  // Besides the nodes of the trees, one leaf of -0, which changes no sum.
  const nNodes = 1 + trees.reduce((sum, tree) => sum + 2 * tree.splitFeature.length + 1, 0);
  const nodes = memory.reserve(NODE_BYTES * nNodes);
  const leafValues = memory.reserve(8 * nNodes);
  const words = trees.map((tree) => placeSets(memory, tree, bitCounts));
  const view = { nodes, data: new DataView(kernel.memory.buffer), leafValues };
  writeLeaf(view, nodes, -0);
  let next = nodes + NODE_BYTES;
  const roots = trees.map((tree, t) => {
    const root = next;
    next = writeTree(view, tree, root, words[t] as number[], bitCounts);
    return root;
  });
  const outputs = Array.from({ length: nOutputs }, (_, output) => {
    const own = roots.filter((_, t) => t % nOutputs === output);
    while (own.length % LANES !== 0) own.push(nodes);
    return { roots: memory.place(Uint32Array.from(own)), count: own.length };
  });
  return { nodes, leafValues, outputs };
}

/** Places the bit sets of a tree's nodes; where missing goes left, the set has the missing level too. */
function placeSets(memory: KernelMemory, tree: Tree, bitCounts: Uint32Array): number[] {
  return Array.from(tree.splitFeature, (feature, node) => {
    const words = categoryWords(tree, node);
    if (words.length === 0) return 0;
    if (tree.defaultLeft[node] === 0) return memory.place(words);
    const missing = bitCounts[feature] as number;
    const extended = new Uint32Array(missing / 32 + 1);
    extended.set(words);
    extended[missing / 32] = 1;
    return memory.place(extended);
  });
}

interface NodeView {
  readonly nodes: number;
  readonly leafValues: number;
  readonly data: DataView;
}

/** Writes a tree from its root on, children side by side, and returns the end. */
function writeTree(view: NodeView, tree: Tree, root: number, words: readonly number[], bitCounts: Uint32Array): number {
  let end = root + NODE_BYTES;
  const open = [{ child: tree.splitFeature.length === 0 ? -1 : 0, at: root }];
  for (const { child, at } of open) {
    if (child < 0) {
      writeLeaf(view, at, tree.leafValue[~child] as number);
      continue;
    }
    writeTest(view.data, at, tree, child, words[child] as number, bitCounts);
    view.data.setUint32(at + 12, end, true);
    open.push({ child: tree.leftChild[child] as number, at: end });
    open.push({ child: tree.rightChild[child] as number, at: end + NODE_BYTES });
    end += 2 * NODE_BYTES;
  }
  return end;
}

function writeTest(data: DataView, at: number, tree: Tree, node: number, words: number, bitCounts: Uint32Array): void {
  const feature = tree.splitFeature[node] as number;
  const missingLeft = tree.defaultLeft[node] === 1;
  if (words === 0) {
    data.setFloat64(at, tree.threshold[node] as number, true);
    data.setUint32(at + 8, 16 * feature + (missingLeft ? 0 : 8), true);
    return;
  }
  const nBits = missingLeft ? (bitCounts[feature] as number) + 1 : 32 * categoryWords(tree, node).length;
  data.setUint32(at, words, true);
  data.setUint32(at + 4, nBits, true);
  data.setUint32(at + 8, SET_TEST + 16 * bitCounts.length + 4 * feature, true);
}

/** A leaf is its own child, and no value exceeds its threshold. */
function writeLeaf({ nodes, leafValues, data }: NodeView, at: number, value: number): void {
  data.setFloat64(at, Number.POSITIVE_INFINITY, true);
  data.setUint32(at + 12, at, true);
  data.setFloat64(leafValues + (at - nodes) / 2, value, true);
}
