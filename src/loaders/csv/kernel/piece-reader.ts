// Reads pieces of a CSV text into columns: the work of one thread. A piece whose start is not known yet is read from a guess, which is
// checked against the end of the piece before (speculative parsing: Ge et al. 2019, SIGMOD).
import { isUtf8 } from 'node:buffer';
import { isTabwrightError } from '../../../core/is-tabwright-error.js';
import { CellBlock } from '../cell-block.js';
import { columnKinds } from '../cells/column-kinds.js';
import { csvDialect } from '../csv-dialect.js';
import type { CsvPiece, CsvPieceTask, CsvPlan, PieceColumn } from '../csv-piece.js';
import type { CsvText } from '../csv-text.js';
import { CsvTokenizer, INCOMPLETE } from '../csv-tokenizer.js';
import { csvKernel } from './csv-kernel.js';
import type { KernelBlock, KernelColumn, KernelTools } from './kernel-column.js';
import { placeDialect } from './kernel-dialect.js';
import { KernelMemory, MAX_KEPT_BYTES } from './kernel-memory.js';
import { kernelStrings } from './kernel-strings.js';
import { kernelValues } from './kernel-values.js';
import { type ByteSource, TextWindow } from './text-window.js';

/** Bytes read past a piece, for its last row; more where that row is longer. */
const SLACK = 65_536;
/** Few enough that a block and its text stay in the processor's cache. */
const BLOCK_CELLS = 8_192;
const MIN_BLOCK_ROWS = 64;
/** A guess holds where so many rows from there on have the right number of cells. */
const PROBED_ROWS = 4;
const MAX_GUESSES = 256;
const STATE_WORDS = 9;
const LF = 0x0a;
const CR = 0x0d;
const NO_CELLS = new CellBlock(0, 0);

/** The columns of a slot by their position in the file. */
type SlotColumns = Map<number, KernelColumn>;

/** What the pieces of one pass share. */
interface Pass {
  readonly id: number;
  readonly tools: KernelTools;
  readonly window: TextWindow;
  readonly block: CellBlock;
  /** Addresses of the block's cells and of their marks. */
  readonly cells: number;
  readonly marks: number;
  readonly stateAddress: number;
  readonly state: Int32Array;
  readonly slots: Map<number, SlotColumns>;
}

/** A column of a piece. */
interface OpenColumn {
  readonly cells: KernelColumn;
  /** Whether all cells so far are of the column's type. */
  fits: boolean;
}

/** Reads pieces one after another. What it hands out stands in its memory until the slot is read into again. */
export class PieceReader {
  #memory: KernelMemory | undefined;
  #pass: Pass | undefined;

  /** The rows of a piece. Errors of the text are only noted: they count where the start is right, and are worded elsewhere. */
  read(task: CsvPieceTask, source: ByteSource): CsvPiece {
    const pass = this.#passOf(task);
    const columns = slotColumns(pass, task);
    const { size, hasMore } = task.plan;
    for (let slack = SLACK; ; slack *= 4) {
      const base = task.isExact ? task.from : task.from - 1;
      const range = { from: base, to: Math.min(size, task.to + slack) };
      try {
        const piece = readRows(
          pass,
          pass.window.text(source, { ...range, hasMore: hasMore || range.to < size }, pass.tools.dialect),
          { base, task, columns },
        );
        if (piece !== undefined) return piece;
        if (range.to === size) return faulty(task);
      } catch (error) {
        if (!isTabwrightError(error) || error.code === 'STORAGE_FAILED') throw error;
        return faulty(task);
      }
    }
  }

  /** The pass of a task; with a new one, the room of the one before is given up. */
  #passOf({ pass: id, plan }: CsvPieceTask): Pass {
    if (this.#pass?.id === id) return this.#pass;
    if (this.#memory === undefined || this.#memory.size > MAX_KEPT_BYTES) this.#memory = new KernelMemory();
    this.#memory.clear();
    this.#pass = newPass(this.#memory, id, plan);
    return this.#pass;
  }
}

function newPass(memory: KernelMemory, id: number, plan: CsvPlan): Pass {
  const dialect = { ...csvDialect(plan.options), delimiter: plan.delimiter };
  const tools = {
    kernel: csvKernel(memory.memory),
    memory,
    dialect,
    dialectAddress: placeDialect(memory, dialect),
    seed: plan.seed,
  };
  const { nColumns } = plan;
  const capacity = Math.max(MIN_BLOCK_ROWS, Math.floor(BLOCK_CELLS / nColumns));
  const nCells = capacity * nColumns;
  const cells = memory.reserve(8 * nCells);
  const marks = memory.reserve(nCells);
  const stateAddress = memory.reserve(4 * STATE_WORDS);
  return {
    id,
    tools,
    window: new TextWindow(memory),
    block: new CellBlock(nColumns, capacity, {
      bounds: memory.int32(cells, 2 * nCells),
      marks: memory.bytes(marks, nCells),
    }),
    cells,
    marks,
    stateAddress,
    state: memory.int32(stateAddress, STATE_WORDS),
    slots: new Map(),
  };
}

/** The task's columns in its slot. */
function slotColumns({ slots, tools }: Pass, { slot, columns }: CsvPieceTask): OpenColumn[] {
  const own: SlotColumns = slots.get(slot) ?? new Map<number, KernelColumn>();
  slots.set(slot, own);
  return columns.map((column) => {
    const cells = own.get(column.index) ?? kernelColumn(tools, column);
    own.set(column.index, cells);
    return { cells, fits: true };
  });
}

function kernelColumn(tools: KernelTools, { index, declared, kind: position }: PieceColumn): KernelColumn {
  const kind = columnKinds(declared)[position];
  if (kind === undefined) throw new Error('a column of strings takes every cell');
  return kind.type === 'string' ? kernelStrings(tools, index) : kernelValues(tools, kind, index);
}

/** The rows of the piece, or undefined where the text ends within the last one. */
function readRows(
  pass: Pass,
  text: CsvText,
  { base, task, columns }: { readonly base: number; readonly task: CsvPieceTask; readonly columns: OpenColumn[] },
): CsvPiece | undefined {
  const start = task.isExact ? 0 : guessedStart(text, task.plan.nColumns);
  const tokenizer = new CsvTokenizer({ ...text, start });
  const { block, cells, marks, window } = pass;
  const filled: KernelBlock = { block, cells, marks, text: window.address, bytes: text.bytes };
  let firstRow = -1;
  let nRows = 0;
  for (const column of columns) {
    column.fits = true;
    column.cells.begin();
  }
  for (;;) {
    const outcome = fillBlock(pass, tokenizer, text, task.to - base);
    if (outcome === 'incomplete') return undefined;
    if (outcome === 'ragged') return faulty(task);
    if (block.nRows === 0) break;
    if (firstRow < 0) firstRow = block.bounds[0] as number;
    nRows += block.nRows;
    for (const column of columns) column.fits &&= column.cells.append(filled);
  }
  const end = tokenizer.position;
  if (!isUtf8(text.bytes.subarray(start, end))) return faulty(task);
  return {
    start: base + start,
    firstRow: base + (firstRow < 0 ? end : firstRow),
    end: base + end,
    nRows,
    isFaulty: false,
    parts: columns.map((column) => (column.fits ? column.cells.part() : undefined)),
  };
}

/** Fills the block with the next rows that start before the limit. */
function fillBlock(
  { tools, block, window, cells, marks, state, stateAddress }: Pass,
  tokenizer: CsvTokenizer,
  { bytes, dialect }: CsvText,
  limit: number,
): 'rows' | 'incomplete' | 'ragged' {
  block.nRows = 0;
  while (block.nRows < block.capacity && tokenizer.position < limit) {
    if (!dialect.trim) {
      state.set([window.address, tokenizer.position, Math.min(limit, bytes.length), bytes.length]);
      state.set([cells, marks, block.nColumns, block.capacity, block.nRows], 4);
      const isOdd = tools.kernel.readRows(stateAddress, tools.dialectAddress);
      tokenizer.position = state[1] as number;
      block.nRows = state[8] as number;
      if (isOdd === 0) continue;
    }
    const nCells = tokenizer.next(block, block.nRows);
    if (nCells === INCOMPLETE) return 'incomplete';
    if (nCells === 0) break;
    if (nCells !== block.nColumns) return 'ragged';
    block.nRows += 1;
  }
  return 'rows';
}

function faulty({ from }: CsvPieceTask): CsvPiece {
  return { start: from, firstRow: from, end: from, nRows: 0, isFaulty: true, parts: [] };
}

/** The first line start from which rows have the right number of cells, or the first one where none has. */
function guessedStart(text: CsvText, nColumns: number): number {
  const first = lineStart(text.bytes, 0);
  let guess = first;
  for (let n = 0; n < MAX_GUESSES && guess < text.bytes.length; n++) {
    if (looksRight({ ...text, start: guess }, nColumns)) return guess;
    guess = lineStart(text.bytes, guess);
  }
  return first;
}

function lineStart(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== LF && bytes[at] !== CR) at += 1;
  return Math.min(at + 1, bytes.length);
}

function looksRight(text: CsvText, nColumns: number): boolean {
  const tokenizer = new CsvTokenizer(text);
  try {
    for (let row = 0; row < PROBED_ROWS; row++) {
      const nCells = tokenizer.next(NO_CELLS, 0);
      if (nCells <= 0) return row > 0 || nCells === 0;
      if (nCells !== nColumns) return false;
    }
    return true;
  } catch (error) {
    if (isTabwrightError(error)) return false;
    throw error;
  }
}
