// Batches through the WebAssembly kernel: a tile of rows at a time, its values turned into ranks, then tree after tree.
import type { FeatureColumn } from '../../core/feature-matrix.js';
import { KernelMemory } from './kernel-memory.js';
import { quickBlocks } from './quick-blocks.js';
import type { QuickProgram } from './quick-program.js';
import { placeQuickBlock } from './quick-program.js';
import type { BatchScorer } from './scorer.js';
import type { ScoringKernel } from './scoring-kernel.js';
import { scoringKernel } from './scoring-kernel.js';
import type { TreeEnsemble } from './tree-ensemble.js';

/** Rows of a tile, a multiple of the kernel's 64: the rank columns of some 30 features stay in a first-level cache. */
const TILE_ROWS = 1024;
const STEP = 64;

/** Addresses of what a tile needs beside the programs. */
interface Tile {
  readonly values: number;
  readonly ranks: number;
  readonly sums: readonly number[];
  readonly scratch: number;
}

/**
 * A batch scorer on WebAssembly SIMD, or undefined where the host has none or a tree is too large for it.
 * The ensemble must have passed `checkTreeEnsemble`.
 */
export function quickScorer(ensemble: TreeEnsemble): BatchScorer | undefined {
  const kernel = scoringKernel();
  const blocks = kernel && quickBlocks(ensemble);
  if (kernel === undefined || blocks === undefined) return undefined;
  const memory = new KernelMemory(kernel);
  const nSlots = Math.max(...blocks.map((block) => block.nSlots));
  const sums = Array.from({ length: ensemble.nOutputs }, () => memory.reserve(8 * TILE_ROWS));
  const tile: Tile = {
    values: memory.reserve(8 * TILE_ROWS),
    ranks: memory.reserve(nSlots * TILE_ROWS),
    sums,
    scratch: memory.reserve(STEP),
  };
  const programs = blocks.map((block) => placeQuickBlock(memory, block, sums, TILE_ROWS));
  return (columns, nRows, out) => {
    for (let start = 0; start < nRows; start += TILE_ROWS) {
      scoreTile(kernel, ensemble, tile, programs, { columns, start, end: Math.min(start + TILE_ROWS, nRows) }, out);
    }
  };
}

interface Rows {
  readonly columns: readonly FeatureColumn[];
  readonly start: number;
  readonly end: number;
}

function scoreTile(
  kernel: ScoringKernel,
  ensemble: TreeEnsemble,
  tile: Tile,
  programs: readonly QuickProgram[],
  rows: Rows,
  out: Float64Array,
): void {
  const { nOutputs, baseScore, sumPrecision } = ensemble;
  const float32 = Number(sumPrecision === 'float32');
  const count = rows.end - rows.start;
  const buffer = kernel.memory.buffer;
  const sums = tile.sums.map((address) => new Float64Array(buffer, address, count));
  for (const [output, values] of sums.entries()) values.fill(baseScore[output] as number);
  for (const program of programs) {
    rankTile(kernel, ensemble, tile, program, rows);
    kernel.addTrees(program.trees, program.block.trees.length, tile.ranks, count, tile.scratch, float32);
  }
  for (const [output, values] of sums.entries()) {
    if (nOutputs === 1) out.set(values, rows.start);
    else for (let i = 0; i < count; i++) out[(rows.start + i) * nOutputs + output] = values[i] as number;
  }
}

/** Fills the columns that a block reads. */
function rankTile(
  kernel: ScoringKernel,
  { inputPrecision }: TreeEnsemble,
  tile: Tile,
  { block, grids }: QuickProgram,
  rows: Rows,
): void {
  const count = rows.end - rows.start;
  const slotAddress = (slot: number): number => (slot < 0 ? 0 : tile.ranks + slot * TILE_ROWS);
  for (const [i, { feature, missingLeftSlot, missingRightSlot }] of block.numeric.entries()) {
    const float32 = placeValues(kernel, tile, rows, feature, inputPrecision);
    const rank = float32 ? kernel.rank32 : kernel.rank64;
    rank(tile.values, count, grids[i] as number, slotAddress(missingLeftSlot), slotAddress(missingRightSlot));
  }
  for (const { feature, nLevels, bytesSlot, bitsSlot } of block.categorical) {
    const float32 = placeValues(kernel, tile, rows, feature, inputPrecision);
    const levels = float32 ? kernel.levels32 : kernel.levels64;
    levels(tile.values, count, nLevels, slotAddress(bytesSlot), slotAddress(bitsSlot));
  }
}

/** Copies a feature's values of the tile in; true where they are float32. */
function placeValues(
  kernel: ScoringKernel,
  { values }: Tile,
  { columns, start, end }: Rows,
  feature: number,
  inputPrecision: TreeEnsemble['inputPrecision'],
): boolean {
  const column = columns[feature] as FeatureColumn;
  const float32 = inputPrecision === 'float32' || column instanceof Float32Array;
  const view = float32
    ? new Float32Array(kernel.memory.buffer, values)
    : new Float64Array(kernel.memory.buffer, values);
  view.set(column.subarray(start, end));
  return float32;
}
