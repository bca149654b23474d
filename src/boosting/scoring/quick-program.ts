// Quick blocks written into a kernel's memory, in the layout that assembly/scoring.ts reads.
import type { KernelMemory } from './kernel-memory.js';
import type { NumericColumns, QuickBlock, QuickTree } from './quick-blocks.js';

const GRID_BYTES = 40;
const HEADER_BYTES = 12;
const RANK_BYTES = 8;
const SET_BYTES = 16;
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
  const programs = block.trees.map((tree) => {
    const header = [memory.place(tree.leafValues), sums[tree.output] as number] as const;
    return tree.planes.length === 0
      ? levelsProgram(tree, header, slotBytes)
      : planesProgram(memory, tree, header, slotBytes);
  });
  return { block, trees: memory.place(concatenate(programs)), grids };
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

/** Address of a tree's leaf values, and of the sums they are added to. */
type TreeHeader = readonly [leafValues: number, sums: number];

/** The program of a symmetric tree. */
function levelsProgram({ levels }: QuickTree, header: TreeHeader, slotBytes: number): Uint8Array {
  const writer = new ProgramWriter(HEADER_BYTES + 4 + RANK_BYTES * levels.length);
  writer.words(0, ...header, levels.length);
  for (const { slot, from } of levels) writer.operation([slot * slotBytes], [from - RANK_OFFSET, 0]);
  return writer.bytes;
}

function planesProgram(memory: KernelMemory, tree: QuickTree, header: TreeHeader, slotBytes: number): Uint8Array {
  const sizes = tree.planes.map(({ ranks, sets }) => 8 + RANK_BYTES * ranks.length + SET_BYTES * sets.length);
  const writer = new ProgramWriter(sizes.reduce((sum, size) => sum + size, HEADER_BYTES));
  const placed = new Map<Uint32Array, number>(); // an operation on several planes has one bit set
  writer.words(tree.planes.length, ...header);
  for (const { ranks, sets } of [...tree.planes].reverse()) {
    writer.words(ranks.length, sets.length);
    for (const { slot, from, kept } of ranks) writer.operation([slot * slotBytes], [from - RANK_OFFSET, kept]);
    for (const { columns, words, kept } of sets) {
      const table = placed.get(words) ?? memory.place(words);
      placed.set(words, table);
      const addresses = [columns.bytesSlot * slotBytes, columns.bitsSlot * slotBytes, table];
      writer.operation(addresses, [words.length / 4, kept]);
    }
  }
  return writer.bytes;
}

/** Writes a program from its start on. */
class ProgramWriter {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(sizeBytes: number) {
    this.bytes = new Uint8Array(sizeBytes);
    this.#view = new DataView(this.bytes.buffer);
  }

  words(...values: readonly number[]): void {
    for (const value of values) {
      this.#view.setUint32(this.#at, value, true);
      this.#at += 4;
    }
  }

  /** Words, then bytes filled up to one more word. */
  operation(words: readonly number[], bytes: readonly number[]): void {
    this.words(...words);
    for (const [i, value] of bytes.entries()) this.#view.setUint8(this.#at + i, value);
    this.#at += 4;
  }
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
