// The hot loops of boosting. Arguments are byte offsets into the engine's memory and counts; `wasm-kernels.ts` runs them in
// WebAssembly, `plain-kernels.ts` in TypeScript with the same bits.

/** What each loop does is documented in assembly/, where it is written once more with SIMD. */
export interface Kernels {
  binColumn(values: number, nRows: number, bounds: number, out: number): void;
  binFloats(values: number, nRows: number, bounds: number, out: number): void;
  interleave(
    a: number,
    b: number,
    c: number,
    d: number,
    from: number,
    to: number,
    records: number,
    stride: number,
  ): void;
  binaryGradients(
    scores: number,
    target: number,
    weights: number,
    out: number,
    from: number,
    to: number,
    largest: number,
  ): void;
  squaredGradients(
    scores: number,
    target: number,
    weights: number,
    out: number,
    from: number,
    to: number,
    largest: number,
  ): void;
  extent(gradients: number, from: number, to: number, largest: number): void;
  quantize(
    gradients: number,
    from: number,
    to: number,
    scaleG: number,
    scaleH: number,
    seed: number,
    slot: number,
    stride: number,
    nBlocks: number,
    blockBytes: number,
    sums: number,
  ): void;
  histogramDense(records: number, groups: number, from: number, to: number, packed: number): void;
  histogramRows(records: number, groups: number, rows: number, count: number, packed: number): void;
  spill(packed: number, n: number, wideG: number, wideH: number, add: number): void;
  mergeHistogram(parts: number, nParts: number, partBytes: number, n: number, out: number): void;
  subtractHistogram(from: number, what: number, n: number): void;
  combineHistogram(bins: number, at: number, total: number): void;
  sortNumbers(values: number, n: number, spare: number, counts: number): void;
  searchBins(
    g: number,
    h: number,
    columns: number,
    allowed: number,
    from: number,
    to: number,
    sumG: number,
    sumH: number,
    least: number,
    lambdaL1: number,
    lambdaL2: number,
    gainUnit: number,
    out: number,
  ): void;
  searchLevel(
    leaves: number,
    nLeaves: number,
    planeBytes: number,
    columns: number,
    allowed: number,
    from: number,
    to: number,
    lambdaL1: number,
    lambdaL2: number,
    gainUnit: number,
    scratch: number,
    out: number,
  ): void;
  listRows(rows: number, from: number, to: number): void;
  partition(rows: number, count: number, bins: number, goesLeft: number, spare: number): number;
  markRows(rows: number, count: number, leaf: number, leafOf: number): void;
  sumByLeaf(
    gradients: number,
    leafOf: number,
    from: number,
    to: number,
    scaleG: number,
    scaleH: number,
    sums: number,
  ): void;
  addByLeaf(scores: number, leafOf: number, from: number, to: number, values: number): void;
}
