/**
 * One regression tree as flat arrays: the form that growing writes, and that scoring, explaining and the file formats read.
 * Node 0 is the root; a child `c >= 0` is a node, `c < 0` is leaf `~c`. A tree with one leaf has no nodes.
 */
export interface Tree {
  /** Feature position tested by each node, Int32Array [nNodes]. */
  readonly splitFeature: Int32Array;
  /** A numeric node sends `x <= threshold` left, Float64Array [nNodes]; unused by categorical nodes. */
  readonly threshold: Float64Array;
  /** 1 where a missing value goes left, Uint8Array [nNodes]. */
  readonly defaultLeft: Uint8Array;
  /**
   * Int32Array [nNodes + 1]: node i is categorical where `categoryStart[i] < categoryStart[i + 1]`; its words in `categoryBits`
   * are a bit set of the level positions that go left. Levels past the words go right.
   */
  readonly categoryStart: Int32Array;
  readonly categoryBits: Uint32Array;
  readonly leftChild: Int32Array;
  readonly rightChild: Int32Array;
  /** Raw score added by each leaf (shrinkage included), Float64Array [nLeaves]. */
  readonly leafValue: Float64Array;
  /** Gain of each split, Float64Array [nNodes]. */
  readonly gain: Float64Array;
  /** Sum of hessians that reached each node [nNodes] and leaf [nLeaves]. */
  readonly nodeCover: Float64Array;
  readonly leafCover: Float64Array;
  /** Rows that reached each node [nNodes] and leaf [nLeaves]. */
  readonly nodeCount: Int32Array;
  readonly leafCount: Int32Array;
}
