// A tree put together node by node, for formats that keep children as references and sets as lists.
import type { Tree } from '../boosting/tree.js';

/** A node to add; children as in {@link Tree}: `>= 0` a node, `< 0` leaf `~child`. */
export interface BuiltNode {
  readonly feature: number;
  readonly threshold: number;
  readonly defaultLeft: boolean;
  readonly left: number;
  readonly right: number;
  /** Words of the bit set of levels that go left; absent where the node is numeric. */
  readonly words?: Uint32Array | readonly number[] | undefined;
  readonly gain?: number | undefined;
  readonly cover?: number | undefined;
  readonly count?: number | undefined;
}

/** A leaf to add. */
export interface BuiltLeaf {
  readonly value: number;
  readonly cover?: number | undefined;
  readonly count?: number | undefined;
}

/** The tree of these nodes and leaves, in their order; statistics that the format lacks are 0. */
export function buildTree(nodes: readonly BuiltNode[], leaves: readonly BuiltLeaf[]): Tree {
  const words = nodes.map((node) => node.words ?? []);
  const categoryStart = new Int32Array(nodes.length + 1);
  for (const [i, set] of words.entries()) categoryStart[i + 1] = (categoryStart[i] as number) + set.length;
  const categoryBits = new Uint32Array(categoryStart.at(-1) as number);
  for (const [i, set] of words.entries()) categoryBits.set(set, categoryStart[i]);
  return {
    splitFeature: Int32Array.from(nodes, ({ feature }) => feature),
    threshold: Float64Array.from(nodes, ({ threshold }) => threshold),
    defaultLeft: Uint8Array.from(nodes, ({ defaultLeft }) => Number(defaultLeft)),
    categoryStart,
    categoryBits,
    leftChild: Int32Array.from(nodes, ({ left }) => left),
    rightChild: Int32Array.from(nodes, ({ right }) => right),
    leafValue: Float64Array.from(leaves, ({ value }) => value),
    gain: Float64Array.from(nodes, ({ gain = 0 }) => gain),
    nodeCover: Float64Array.from(nodes, ({ cover = 0 }) => cover),
    leafCover: Float64Array.from(leaves, ({ cover = 0 }) => cover),
    nodeCount: Int32Array.from(nodes, ({ count = 0 }) => count),
    leafCount: Int32Array.from(leaves, ({ count = 0 }) => count),
  };
}

/** A tree of one leaf. */
export function singleLeaf(value: number): Tree {
  return buildTree([], [{ value }]);
}

/** The words of a bit set of levels. */
export function levelWords(levels: readonly number[]): Uint32Array {
  const highest = levels.reduce((most, level) => Math.max(most, level), -1);
  const words = new Uint32Array((highest >>> 5) + 1);
  if (highest < 0) return new Uint32Array(1);
  for (const level of levels) words[level >>> 5] = ((words[level >>> 5] as number) | (1 << (level & 31))) >>> 0;
  return words;
}

/** The levels of a node's set, ascending. */
export function nodeLevels({ categoryBits, categoryStart }: Tree, node: number): number[] {
  const start = categoryStart[node] as number;
  const levels: number[] = [];
  for (let word = start; word < (categoryStart[node + 1] as number); word++) {
    for (let bit = 0; bit < 32; bit++) {
      if (((categoryBits[word] as number) >>> bit) & 1) levels.push(32 * (word - start) + bit);
    }
  }
  return levels;
}

/** Whether a node tests a set of levels. */
export function isSetNode({ categoryStart }: Tree, node: number): boolean {
  return categoryStart[node] !== categoryStart[node + 1];
}
