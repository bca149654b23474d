import type { MemoryLayout } from './memory-layout.js';

/** A leaf whose best split is looked for. Sums are in quantized units: multiply by the units for real ones. */
export interface SearchLeaf {
  /** Byte offset of its histogram. */
  readonly histogram: number;
  readonly sumG: number;
  readonly sumH: number;
  readonly nRows: number;
  readonly unitG: number;
  readonly unitH: number;
  /** Bounds on the outputs of its children, from monotone constraints. */
  readonly lower: number;
  readonly upper: number;
  /** Its own output, which its children are smoothed towards. */
  readonly output: number;
  /** Seed of its random thresholds. */
  readonly seed: number;
}

/** The best split of a leaf by one column, in quantized sums. `gain` is -Infinity where there is none. */
export interface Candidate {
  gain: number;
  /** Bins up to this one go left; unused by subset splits. */
  bin: number;
  missingLeft: boolean;
  leftG: number;
  leftH: number;
}

/** Puts a leaf where the threads read it; `which` is 0 or 1. */
export function writeSearchLeaf(f64: Float64Array, layout: MemoryLayout, which: number, leaf: SearchLeaf): void {
  const at = layout.searches / 8 + which * 12;
  f64[at] = leaf.histogram;
  f64[at + 1] = leaf.sumG;
  f64[at + 2] = leaf.sumH;
  f64[at + 3] = leaf.nRows;
  f64[at + 4] = leaf.unitG;
  f64[at + 5] = leaf.unitH;
  f64[at + 6] = leaf.lower;
  f64[at + 7] = leaf.upper;
  f64[at + 8] = leaf.output;
  f64[at + 9] = leaf.seed;
}

export function readSearchLeaf(f64: Float64Array, layout: MemoryLayout, which: number): SearchLeaf {
  const at = layout.searches / 8 + which * 12;
  return {
    histogram: f64[at] as number,
    sumG: f64[at + 1] as number,
    sumH: f64[at + 2] as number,
    nRows: f64[at + 3] as number,
    unitG: f64[at + 4] as number,
    unitH: f64[at + 5] as number,
    lower: f64[at + 6] as number,
    upper: f64[at + 7] as number,
    output: f64[at + 8] as number,
    seed: f64[at + 9] as number,
  };
}

export function writeCandidate(
  f64: Float64Array,
  layout: MemoryLayout,
  which: number,
  column: number,
  candidate: Candidate,
): void {
  const at = layout.candidates / 8 + (which * layout.nColumns + column) * 8;
  f64[at] = candidate.gain;
  f64[at + 1] = candidate.bin;
  f64[at + 2] = candidate.missingLeft ? 1 : 0;
  f64[at + 3] = candidate.leftG;
  f64[at + 4] = candidate.leftH;
}

/** Notes that columns [from, to) have no split. */
export function writeNoCandidates(
  f64: Float64Array,
  layout: MemoryLayout,
  which: number,
  from: number,
  to: number,
): void {
  for (let column = from; column < to; column++) {
    f64[layout.candidates / 8 + (which * layout.nColumns + column) * 8] = Number.NEGATIVE_INFINITY;
  }
}

/** The column whose candidate gains most, the first of equals. */
export function columnOfBest(f64: Float64Array, layout: MemoryLayout, which: number): number {
  const first = layout.candidates / 8 + which * layout.nColumns * 8;
  const { nColumns } = layout;
  let best = 0;
  let bestGain = f64[first] as number;
  for (let column = 1; column < nColumns; column++) {
    const gain = f64[first + column * 8] as number;
    if (gain <= bestGain) continue;
    bestGain = gain;
    best = column;
  }
  return best;
}

export function readCandidate(f64: Float64Array, layout: MemoryLayout, which: number, column: number): Candidate {
  const at = layout.candidates / 8 + (which * layout.nColumns + column) * 8;
  return {
    gain: f64[at] as number,
    bin: f64[at + 1] as number,
    missingLeft: f64[at + 2] === 1,
    leftG: f64[at + 3] as number,
    leftH: f64[at + 4] as number,
  };
}
