// Random ensembles and rows for properties: thresholds and values share a small grid, so that they often meet exactly.
import fc from 'fast-check';
import type { TreeEnsemble } from '../../../src/boosting/scoring/tree-ensemble.js';
import type { Tree } from '../../../src/boosting/tree.js';
import type { Random } from '../../../src/core/random.js';
import { createRandom } from '../../../src/core/random.js';

/** Words of the largest bit set: what the batch scorer takes. */
const MAX_WORDS = 59;

/** The shape of an ensemble and of rows for it. */
export interface EnsembleShape {
  readonly seed: number;
  readonly nTrees: number;
  readonly maxLeaves: number;
  readonly nFeatures: number;
  readonly nOutputs: number;
  readonly symmetric: boolean;
  /** Share of nodes that test a set of levels. */
  readonly categorical: number;
  /** Share of values that are missing. */
  readonly missing: number;
  readonly inputPrecision: 'float32' | 'float64';
  readonly sumPrecision: 'float32' | 'float64';
}

const precision = fc.constantFrom('float32' as const, 'float64' as const);

/** Shapes of ensembles; given fields are fixed. */
export function shapes(fixed: Partial<EnsembleShape> = {}): fc.Arbitrary<EnsembleShape> {
  return fc
    .record({
      seed: fc.integer(),
      nTrees: fc.integer({ min: 0, max: 8 }),
      maxLeaves: fc.integer({ min: 1, max: 40 }),
      nFeatures: fc.integer({ min: 1, max: 5 }),
      nOutputs: fc.integer({ min: 1, max: 3 }),
      symmetric: fc.boolean(),
      categorical: fc.constantFrom(0, 0.4),
      missing: fc.constantFrom(0, 0.2),
      inputPrecision: precision,
      sumPrecision: precision,
    })
    .map((shape) => ({ ...shape, ...fixed }));
}

/** The ensemble of a shape; `nTrees` is a number of trees for each output. */
export function makeEnsemble(shape: EnsembleShape): TreeEnsemble {
  const random = createRandom(shape.seed);
  const { nFeatures, nOutputs, inputPrecision, sumPrecision } = shape;
  const round = sumPrecision === 'float32' ? Math.fround : (value: number) => value;
  const trees = Array.from({ length: shape.nTrees * nOutputs }, () => makeTree(shape, random, round));
  const baseScore = Float64Array.from({ length: nOutputs }, () => round(random.normal()));
  return { nFeatures, nOutputs, baseScore, trees, inputPrecision, sumPrecision };
}

/** Rows for an ensemble of this shape, row-major, [nRows * nFeatures]. */
export function makeRows({ seed, nFeatures, missing }: EnsembleShape, nRows: number): Float64Array {
  const random = createRandom(seed).fork('rows');
  const extremes = [-0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1, 1e12];
  return Float64Array.from({ length: nRows * nFeatures }, () => {
    if (random.next() < missing) return Number.NaN;
    return random.next() < 0.1 ? (extremes[random.integer(extremes.length)] as number) : gridValue(random);
  });
}

/** Tenths are no float32 numbers, halves and integers are; some numbers are past most bit sets. */
function gridValue(random: Random): number {
  if (random.integer(8) === 0) return random.integer(2000);
  return random.integer(2) === 0 ? random.integer(80) / 10 : random.integer(160) / 2;
}

interface Split {
  readonly feature: number;
  readonly threshold: number;
  readonly defaultLeft: number;
  readonly words: readonly number[];
}

function makeTree(shape: EnsembleShape, random: Random, round: (value: number) => number): Tree {
  const depth = Math.floor(Math.log2(shape.maxLeaves));
  const levels = Array.from({ length: depth }, () => makeSplit(shape, random));
  const nLeaves = shape.symmetric ? 2 ** depth : 1 + random.integer(shape.maxLeaves);
  const nNodes = nLeaves - 1;
  const splits = Array.from({ length: nNodes }, (_, node) => {
    return shape.symmetric ? (levels[Math.floor(Math.log2(node + 1))] as Split) : makeSplit(shape, random);
  });
  const children = shape.symmetric ? heapChildren(nNodes) : grownChildren(nNodes, random);
  const leafCount = Int32Array.from({ length: nLeaves }, () => 1 + random.integer(50));
  const nodeCount = sumBelow(children, leafCount);
  return {
    splitFeature: Int32Array.from(splits, (split) => split.feature),
    threshold: Float64Array.from(splits, (split) => split.threshold),
    defaultLeft: Uint8Array.from(splits, (split) => split.defaultLeft),
    categoryStart: Int32Array.from(
      [0, ...splits].keys(),
      (i) => splits.slice(0, i).flatMap(({ words }) => words).length,
    ),
    categoryBits: Uint32Array.from(splits.flatMap(({ words }) => words)),
    ...children,
    leafValue: Float64Array.from({ length: nLeaves }, () => round(random.normal())),
    gain: Float64Array.from({ length: nNodes }, () => random.next()),
    nodeCover: Float64Array.from(nodeCount, (count) => count / 4),
    leafCover: Float64Array.from(leafCount, (count) => count / 4),
    nodeCount,
    leafCount,
  };
}

function makeSplit(shape: EnsembleShape, random: Random): Split {
  const words = random.next() < shape.categorical ? 1 + random.integer(random.integer(8) === 0 ? MAX_WORDS : 2) : 0;
  return {
    feature: random.integer(shape.nFeatures),
    threshold: words > 0 ? 0 : gridValue(random),
    defaultLeft: random.integer(2),
    words: Array.from({ length: words }, () => Math.floor(random.next() * 2 ** 32)),
  };
}

/** Children as growing numbers them: each new node takes over a leaf, which stays the left child. */
function grownChildren(nNodes: number, random: Random): Pick<Tree, 'leftChild' | 'rightChild'> {
  const leftChild = new Int32Array(nNodes);
  const rightChild = new Int32Array(nNodes);
  for (let node = 0; node < nNodes; node++) {
    const leaf = random.integer(node + 1);
    for (const side of [leftChild, rightChild]) {
      const parent = side.subarray(0, node).indexOf(~leaf);
      if (parent >= 0) side[parent] = node;
    }
    leftChild[node] = ~leaf;
    rightChild[node] = ~(node + 1);
  }
  return { leftChild, rightChild };
}

/** A full tree level by level. */
function heapChildren(nNodes: number): Pick<Tree, 'leftChild' | 'rightChild'> {
  const child = (at: number): number => (at < nNodes ? at : ~(at - nNodes));
  return {
    leftChild: Int32Array.from({ length: nNodes }, (_, node) => child(2 * node + 1)),
    rightChild: Int32Array.from({ length: nNodes }, (_, node) => child(2 * node + 2)),
  };
}

/** Sums of the leaves below each node; children come after their parents. */
function sumBelow({ leftChild, rightChild }: Pick<Tree, 'leftChild' | 'rightChild'>, leaf: Int32Array): Int32Array {
  const sums = new Int32Array(leftChild.length);
  const of = (child: number): number => (child >= 0 ? sums[child] : leaf[~child]) as number;
  for (let node = sums.length - 1; node >= 0; node--) {
    sums[node] = of(leftChild[node] as number) + of(rightChild[node] as number);
  }
  return sums;
}
