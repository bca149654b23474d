// What growing asks of the crew: the leading thread's view of an engine.
import { createRandom, type Random } from '../core/random.js';
import type { Crew } from '../workers/crew.js';
import type { Engine } from './engine.js';
import { createLeaf, type GrowingTree, type Leaf, type Split } from './growing-tree.js';
import { gainOfOutput, leafOutput } from './leaf-output.js';
import { leafRows } from './leaf-rows.js';
import { OPERATION } from './operations.js';
import { columnOfBest, readCandidate, writeSearchLeaf } from './search-leaf.js';

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
  const sums = { sumG, sumH, nRows, output };
  const root = createLeaf({ id: 0, depth: 0, ...sums, ...bounds, parentOutput: output, extraL2: 0, path: [] });
  if (isSearched) prepareSearch(run, root, 0);
  crew.run(OPERATION.mergeRoot, sumG, sumH, isSearched ? 1 : 0);
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
  const { sumG, sumH, nRows, lower, upper, output } = leaf;
  const { unitG, unitH } = run;
  const searched = { histogram, sumG, sumH, nRows, unitG, unitH, lower, upper, output, seed };
  writeSearchLeaf(views.f64, layout, which, searched);
  views.u8.set(allowedColumns(run, leaf, seed), layout.allowed + which * layout.nColumns);
}

/** The best split the threads found for a leaf, or undefined where none gains enough; the first of equal columns wins. */
export function bestSplit(run: TreeRun, leaf: Leaf, which: number): Split | undefined {
  const { layout, views, growth } = run.engine;
  const g = leaf.sumG * run.unitG;
  const own = gainOfOutput(g, leaf.sumH * run.unitH, leaf.output, growth);
  const bestColumn = columnOfBest(views.f64, layout, which);
  const { gain: total, bin, missingLeft, leftG, leftH } = readCandidate(views.f64, layout, which, bestColumn);
  const gain = total - own;
  if (!(gain > Math.max(growth.minGainToSplit, 1e-12))) return undefined;
  return { gain, bin, missingLeft, leftG, leftH, column: bestColumn, goesLeft: setLeft(run.engine, which, bestColumn) };
}

/** Bins that go left by a set of levels; undefined for a threshold. */
function setLeft({ layout, views, plans, growth }: Engine, which: number, column: number): Uint8Array | undefined {
  if (plans[column]?.kind !== 'subset' || growth.growPolicy === 'symmetric') return undefined;
  const at = layout.candidateBins + (which * layout.nColumns + column) * 256;
  return views.u8.slice(at, at + 256);
}

/** Puts a node where the threads read it. */
export function writeNode({ engine: { layout, views } }: TreeRun, node: number, split: Split): void {
  const at = layout.goesLeft + node * 256;
  if (split.goesLeft !== undefined) views.u8.set(split.goesLeft, at);
  else {
    views.u8[at] = Number(split.missingLeft);
    views.u8.fill(1, at + 1, at + split.bin + 1).fill(0, at + split.bin + 1, at + 256);
  }
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
