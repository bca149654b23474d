// What growing asks of the crew: the leading thread's view of an engine.
import { createRandom, type Random } from '../core/random.js';
import type { Crew } from '../workers/crew.js';
import type { Engine } from './engine.js';
import type { GrowingTree, Leaf, Split } from './growing-tree.js';
import { gainOfOutput, leafOutput } from './leaf-output.js';
import { leafRows } from './leaf-rows.js';
import { OPERATION } from './operations.js';
import { candidateGain, readCandidate, writeSearchLeaf } from './search-leaf.js';

/** What one tree is grown with. */
export interface TreeRun {
  readonly engine: Engine;
  readonly crew: Crew;
  /** Which score the tree adds to. */
  readonly scoreIndex: number;
  /** Real value of one quantized unit. */
  readonly unitG: number;
  readonly unitH: number;
  readonly seed: number;
  /** Columns drawn for this tree, Uint8Array [nColumns]; and by level where levels draw again. */
  readonly columnsOfTree: Uint8Array;
  readonly columnsOfLevel: Map<number, Uint8Array>;
}

/** Starts a tree: rounds the gradients and sums the root. The root is searched where `isSearched`. */
export function startRoot(run: TreeRun, isSearched: boolean): Leaf {
  const { engine, crew, unitG, unitH } = run;
  const { layout, views, growth } = engine;
  const scale = (unit: number): number => (unit > 0 ? 1 / unit : 0);
  crew.run(OPERATION.startTree, run.scoreIndex, scale(unitG), scale(unitH), run.seed);
  let sumG = 0;
  let sumH = 0;
  for (let thread = 0; thread < layout.nThreads; thread++) {
    const at = layout.leafSums / 8 + thread * layout.maxLeaves * 2;
    sumG += views.f64[at] as number;
    sumH += views.f64[at + 1] as number;
  }
  const nRows = countRows(engine, 0);
  const bounds = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY, parentOutput: 0 };
  const free = { ...growth, pathSmooth: 0 };
  const output = leafOutput(sumG * unitG, sumH * unitH, nRows, free, bounds);
  const root: Leaf = {
    ...{ id: 0, depth: 0, slot: 0, sumG, sumH, nRows, output, ...bounds, parentOutput: output },
    ...{ extraL2: 0, path: [], split: undefined },
  };
  if (isSearched) prepareSearch(run, root, 0);
  crew.run(OPERATION.mergeRoot, 0, sumG, sumH, isSearched ? 1 : 0);
  if (isSearched) root.split = bestSplit(run, root, 0);
  return root;
}

/** Rows of a leaf over all threads. */
export function countRows(engine: Engine, leaf: number): number {
  let n = 0;
  for (let thread = 0; thread < engine.layout.nThreads; thread++) n += leafRows(engine, thread, leaf).count;
  return n;
}

/** Tells the threads about a leaf to search and its columns. */
export function prepareSearch(run: TreeRun, leaf: Leaf, which: number): void {
  const { layout, views } = run.engine;
  const histogram = layout.histograms + leaf.slot * layout.histogramBytes;
  const seed = (run.seed + Math.imul(leaf.id + 1, 0x9e3779b1) + leaf.depth) | 0;
  writeSearchLeaf(views.f64, layout, which, { ...leaf, histogram, unitG: run.unitG, unitH: run.unitH, seed });
  views.u8.set(allowedColumns(run, leaf, seed), layout.allowed + which * layout.nColumns);
}

/** The best split the threads found for a leaf, or undefined where none gains enough; the first of equal columns wins. */
export function bestSplit(run: TreeRun, leaf: Leaf, which: number): Split | undefined {
  const { layout, views, growth } = run.engine;
  const g = leaf.sumG * run.unitG;
  const own = gainOfOutput(g, leaf.sumH * run.unitH, leaf.output, growth);
  let bestColumn = -1;
  let bestGain = Math.max(growth.minGainToSplit, 1e-12);
  for (let column = 0; column < layout.nColumns; column++) {
    const gain = candidateGain(views.f64, layout, which, column) - own;
    if (gain <= bestGain) continue;
    bestGain = gain;
    bestColumn = column;
  }
  if (bestColumn < 0) return undefined;
  const found = readCandidate(views.f64, layout, which, bestColumn);
  const goesLeft = binsLeft(run.engine, which, bestColumn, found.bin, found.missingLeft);
  return { ...found, gain: bestGain, column: bestColumn, goesLeft };
}

function binsLeft(engine: Engine, which: number, column: number, bin: number, missingLeft: boolean): Uint8Array {
  const { layout, views, plans } = engine;
  if (plans[column]?.kind === 'subset') {
    const at = layout.candidateBins + (which * layout.nColumns + column) * 256;
    return views.u8.slice(at, at + 256);
  }
  return thresholdBins(bin, missingLeft);
}

/** 1 for bins up to `bin`, and for bin 0 where missing values go left. */
export function thresholdBins(bin: number, missingLeft: boolean): Uint8Array {
  const goesLeft = new Uint8Array(256).fill(1, 1, bin + 1);
  goesLeft[0] = missingLeft ? 1 : 0;
  return goesLeft;
}

/** Puts a node where the threads read it. */
export function writeNode({ engine: { layout, views } }: TreeRun, node: number, split: Split): void {
  views.u8.set(split.goesLeft, layout.goesLeft + node * 256);
  views.i32[layout.nodes / 4 + node * 3] = split.column;
}

/** The children's positions, once the tree is complete. */
export function writeChildren({ engine: { layout, views } }: TreeRun, tree: GrowingTree): void {
  tree.nodes.forEach(({ left, right }, i) => {
    views.i32[layout.nodes / 4 + i * 3 + 1] = left;
    views.i32[layout.nodes / 4 + i * 3 + 2] = right;
  });
}

/** Columns that a leaf may be split by: those of the tree, of the level and of the node, and of its interaction sets. */
export function allowedColumns(run: TreeRun, leaf: Leaf, seed: number): Uint8Array {
  const { growth, layout } = run.engine;
  let allowed = run.columnsOfTree;
  if (growth.featureFractionByLevel < 1) {
    const drawn = run.columnsOfLevel.get(leaf.depth);
    allowed = drawn ?? drawColumns(allowed, growth.featureFractionByLevel, createRandom(run.seed + leaf.depth));
    run.columnsOfLevel.set(leaf.depth, allowed);
  }
  if (growth.interactions !== undefined) allowed = meeting(growth.interactions, leaf.path, allowed, layout.nColumns);
  if (growth.featureFractionByNode < 1) {
    allowed = drawColumns(allowed, growth.featureFractionByNode, createRandom(seed));
  }
  return allowed;
}

/** Keeps a random share of the columns, at least one. */
export function drawColumns(from: Uint8Array, fraction: number, random: Random): Uint8Array {
  const columns = Int32Array.from([...from.keys()].filter((column) => from[column] === 1));
  const n = Math.max(Math.min(1, columns.length), Math.round(columns.length * fraction));
  const drawn = new Uint8Array(from.length);
  for (const column of random.shuffle(columns).subarray(0, n)) drawn[column] = 1;
  return drawn;
}

function meeting(
  sets: readonly (readonly number[])[],
  path: readonly number[],
  from: Uint8Array,
  nColumns: number,
): Uint8Array {
  const open = sets.filter((set) => path.every((column) => set.includes(column)));
  const allowed = new Uint8Array(nColumns);
  for (const set of open) for (const column of set) allowed[column] = from[column] as number;
  return allowed;
}
