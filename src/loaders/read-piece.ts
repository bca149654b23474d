// Reads one piece of a CSV file into parts of columns: the work of one thread. A piece whose start is not known yet is read from a
// guess, which whoever asked checks against the end of the piece before (speculative parsing: Ge et al. 2019, SIGMOD).
import { isUtf8 } from 'node:buffer';
import { readSync } from 'node:fs';
import { isTabwrightError } from '../core/is-tabwright-error.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { CellBlock } from './cell-block.js';
import type { ColumnBuilder } from './column-builder.js';
import { columnKinds } from './column-kinds.js';
import { csvDialect } from './csv-dialect.js';
import type { CsvPiece, CsvPieceTask } from './csv-piece.js';
import type { CsvText } from './csv-text.js';
import { CsvTokenizer, INCOMPLETE } from './csv-tokenizer.js';

/** Bytes read past a piece, for its last row; more where that row is longer. */
const SLACK = 65_536;
const BLOCK_CELLS = 32_768;
const MIN_BLOCK_ROWS = 64;
/** A guess holds where so many rows from there on have the right number of cells. */
const PROBED_ROWS = 4;
const MAX_GUESSES = 256;
const LF = 0x0a;
const CR = 0x0d;
const NO_CELLS = new CellBlock(0, 0);

/** Reads pieces one after another, into one buffer. */
export class PieceReader {
  private buffer = Buffer.alloc(0);

  /** The rows of the piece. Errors of the text are only noted: they count where the start is right, and are worded elsewhere. */
  read(task: CsvPieceTask): CsvPiece {
    for (let slack = SLACK; ; slack *= 4) {
      const base = task.isExact ? task.from : task.from - 1;
      const text = this.text(task, base, Math.min(task.plan.size, task.to + slack));
      try {
        const piece = readRows(text, base, task);
        if (piece !== undefined) return piece;
      } catch (error) {
        if (!isTabwrightError(error)) throw error;
        return faulty(task);
      }
    }
  }

  private text({ plan }: CsvPieceTask, from: number, to: number): CsvText {
    if (this.buffer.length < to - from) this.buffer = Buffer.allocUnsafeSlow(to - from);
    const bytes = this.buffer.subarray(0, to - from);
    let nRead = 0;
    while (nRead < bytes.length) {
      const n = readSync(plan.fd, bytes, nRead, bytes.length - nRead, from + nRead);
      if (n === 0) throw new TabwrightError('STORAGE_FAILED', 'csv: the file became shorter while it was read');
      nRead += n;
    }
    const dialect = { ...csvDialect(plan.options), delimiter: plan.delimiter };
    return { bytes, start: 0, dialect, name: 'csv', hasMore: to < plan.size, seed: plan.seed };
  }
}

function faulty({ from }: CsvPieceTask): CsvPiece {
  return { start: from, firstRow: from, end: from, nRows: 0, isFaulty: true, parts: [] };
}

/** The rows of the piece, or undefined where the text ends within the last one. */
function readRows(text: CsvText, base: number, task: CsvPieceTask): CsvPiece | undefined {
  const start = task.isExact ? 0 : guessedStart(text, task);
  const limit = task.to - base;
  const tokenizer = new CsvTokenizer({ ...text, start });
  const { nColumns } = task.plan;
  const block = new CellBlock(nColumns, Math.max(MIN_BLOCK_ROWS, Math.floor(BLOCK_CELLS / nColumns)));
  let builders: (ColumnBuilder | undefined)[] | undefined;
  let firstRow = -1;
  let nRows = 0;
  for (;;) {
    const filled = fillBlock(block, tokenizer, limit);
    if (filled === 'incomplete') return undefined;
    if (filled === 'ragged') return faulty(task);
    if (block.nRows === 0) break;
    if (firstRow < 0) firstRow = block.starts[0] as number;
    nRows += block.nRows;
    builders ??= newBuilders(
      text,
      task,
      Math.ceil((block.nRows * 1.05 * (limit - start)) / (tokenizer.position - start)),
    );
    append(builders, block, task);
  }
  const end = tokenizer.position;
  if (!isUtf8(text.bytes.subarray(start, end))) return faulty(task);
  builders ??= newBuilders(text, task, 0);
  return {
    start: base + start,
    firstRow: base + (firstRow < 0 ? end : firstRow),
    end: base + end,
    nRows,
    isFaulty: false,
    parts: builders.map((builder) => builder?.part()),
  };
}

/** Fills the block with the next rows that start before the limit. */
function fillBlock(block: CellBlock, tokenizer: CsvTokenizer, limit: number): 'rows' | 'incomplete' | 'ragged' {
  block.nRows = 0;
  while (block.nRows < block.capacity && tokenizer.position < limit) {
    const nCells = tokenizer.next(block, block.nRows);
    if (nCells === INCOMPLETE) return 'incomplete';
    if (nCells === 0) break;
    if (nCells !== block.nColumns) return 'ragged';
    block.nRows += 1;
  }
  return 'rows';
}

function newBuilders(text: CsvText, task: CsvPieceTask, expectedRows: number): (ColumnBuilder | undefined)[] {
  return task.columns.map(({ declared, kind }) => columnKinds(declared)[kind]?.(text, expectedRows));
}

function append(builders: (ColumnBuilder | undefined)[], block: CellBlock, { columns }: CsvPieceTask): void {
  for (const [i, { index }] of columns.entries()) {
    if (builders[i]?.append(block, index) === false) builders[i] = undefined;
  }
}

/** The first line start from which rows have the right number of cells, or the first one where none has. */
function guessedStart(text: CsvText, task: CsvPieceTask): number {
  const first = lineStart(text.bytes, 0);
  let guess = first;
  for (let n = 0; n < MAX_GUESSES && guess < text.bytes.length; n++) {
    if (looksRight({ ...text, start: guess }, task.plan.nColumns)) return guess;
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
