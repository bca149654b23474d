// Quick blocks written into a kernel's memory, in the layout that assembly/scoring.ts reads.
import type { KernelMemory } from './kernel-memory.js';
import type { NumericColumns, QuickBlock, QuickTree } from './quick-blocks.js';

const GRID_BYTES = 40;
const TREE_BYTES = 12;
/** Cells of a grid for each threshold; most cells then hold one threshold at most. */
const CELLS_PER_THRESHOLD = 32;
/** What a rank has on top of the signed byte that stands for it. */
const RANK_OFFSET = 128;

/** A block in memory; addresses in bytes. */
export interface QuickProgram {
  readonly block: QuickBlock;
  readonly trees: number;
  /** Address of each numeric column's grid, in the order of `block.numeric`. */
  readonly grids: readonly number[];
  /** Address of each member column's bit set, in the order of `block.members`. */
  readonly words: readonly number[];
}

/**
 * Writes a block's trees and search tables.
 * @param sums address of each output's sums
 * @param slotBytes distance between rank columns
 */
export function placeQuickBlock(
  memory: KernelMemory,
  block: QuickBlock,
  sums: readonly number[],
  slotBytes: number,
): QuickProgram {
  const grids = block.numeric.map((columns) => placeGrid(memory, columns));
  const words = block.members.map((member) => memory.place(member.words));
  const programs = block.trees.map((tree) => {
    return treeProgram(tree, memory.place(tree.leafValues), sums[tree.output] as number, slotBytes);
  });
  return { block, trees: memory.place(concatenate(programs)), grids, words };
}

/** A uniform grid over the thresholds, that a rank is searched from: see `rank` in assembly/scoring.ts. */
function placeGrid(memory: KernelMemory, { thresholds }: NumericColumns): number {
  const low = thresholds[0] as number;
  const nCells = CELLS_PER_THRESHOLD * thresholds.length;
  const perUnit = nCells / ((thresholds.at(-1) as number) - low);
  const scale = Number.isFinite(perUnit) ? perUnit : 0;
  const { first, mostInCell } = thresholdsByCell(thresholds, scale, nCells);
  const steps = Math.ceil(Math.log2(mostInCell + 1));
  // The search may look past the thresholds by as many places as its halvings add up to.
  const padding = new Float64Array(2 ** steps).fill(Number.POSITIVE_INFINITY);
  const grid = new DataView(new ArrayBuffer(GRID_BYTES));
  grid.setFloat64(0, low, true);
  grid.setFloat64(8, scale, true);
  grid.setFloat64(16, nCells - 1, true);
  grid.setInt32(24, 2 ** (steps - 1), true);
  grid.setUint32(28, memory.place(Float64Array.of(...thresholds, ...padding)), true);
  grid.setUint32(32, memory.place(first), true);
  return memory.place(new Uint8Array(grid.buffer));
}

/** Position of the first threshold in each cell or after it, and the number of thresholds in the fullest cell. */
function thresholdsByCell(
  thresholds: Float64Array,
  scale: number,
  nCells: number,
): { first: Uint8Array; mostInCell: number } {
  const first = new Uint8Array(nCells);
  const cells = thresholds.map((threshold) => cellOf(threshold, thresholds[0] as number, scale, nCells - 1));
  let position = 0;
  let mostInCell = 0;
  for (let cell = 0; cell < nCells; cell++) {
    first[cell] = position;
    while (cells[position] === cell) position++;
    mostInCell = Math.max(mostInCell, position - (first[cell] as number));
  }
  return { first, mostInCell };
}

/** The kernel's own arithmetic: it never falls as the value rises, so a value's cell bounds the thresholds below it. */
function cellOf(value: number, low: number, scale: number, last: number): number {
  const scaled = (value - low) * scale || 0; // a range past the largest number makes Infinity * 0
  const magic = 2 ** 52;
  return Math.min(Math.max(scaled, 0), last) + magic - magic;
}

function treeProgram(tree: QuickTree, leafValues: number, sums: number, slotBytes: number): Uint8Array {
  const levels = tree.levels.map((test) => ({ ...test, kept: 0 }));
  const lists = tree.planes.length === 0 ? [levels] : [...tree.planes].reverse();
  const nOperations = lists.reduce((sum, list) => sum + list.length, 0);
  const bytes = new Uint8Array(TREE_BYTES + 4 * lists.length + 8 * nOperations);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, tree.planes.length, true);
  view.setUint32(4, leafValues, true);
  view.setUint32(8, sums, true);
  let at = TREE_BYTES;
  for (const list of lists) {
    view.setUint32(at, list.length, true);
    at += 4;
    for (const { slot, from, kept } of list) {
      view.setUint32(at, slot * slotBytes, true);
      view.setInt8(at + 4, from - RANK_OFFSET);
      view.setUint8(at + 5, kept);
      at += 8;
    }
  }
  return bytes;
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
