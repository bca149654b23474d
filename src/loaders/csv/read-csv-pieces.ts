// Reads the columns of a CSV file piece by piece on several threads: pieces are read from guessed starts, and count where the rows
// before end exactly there; the others are read again. The result does not depend on pieces or threads.
import type { TimeSlice } from '../../core/time-slice.js';
import type { Column } from '../../table/column.js';
import { columnKinds } from './cells/column-kinds.js';
import { ColumnJoiner } from './column-joiner.js';
import type { CsvPiece, CsvPieceTask, CsvPlan, PieceColumn } from './csv-piece.js';
import { giveBackMemory, type KernelMemory, takeMemory } from './kernel/kernel-memory.js';

/** Reads a piece in a thread of its own. */
export type ReadsPieces = (task: CsvPieceTask) => Promise<CsvPiece>;

/** A file to read in pieces. */
export interface PiecesRequest {
  readonly plan: CsvPlan;
  /** Where the rows start, past the header. */
  readonly start: number;
  readonly pieceBytes: number;
  readonly columns: readonly PieceColumn[];
  /** Hears how far the rows are read. */
  readonly onBytes: (completed: number) => void;
  readonly slice: TimeSlice;
}

/** Pieces that a thread may have read and not settled. */
const SLOTS = 3;
/** Pieces that a thread is asked for at once, so that it never waits for the next. */
const LANES = 2;

interface Range {
  readonly from: number;
  readonly to: number;
  readonly isExact: boolean;
}

interface OpenColumn {
  readonly column: PieceColumn;
  /** Absent once a cell was not of the column's type. */
  joiner: ColumnJoiner | undefined;
}

/** A piece that is read and waits for those before it. */
interface ReadPiece {
  readonly piece: CsvPiece;
  readonly asked: readonly OpenColumn[];
  /** Lets another piece take its room. */
  readonly release: () => void;
}

/**
 * The columns of all rows, or undefined where the text is not in order, which {@link readColumns} then words. Columns that turn out
 * to have another type are read again, on all threads.
 */
export async function readCsvPieces(
  request: PiecesRequest,
  threads: readonly ReadsPieces[],
): Promise<Column[] | undefined> {
  const columns = new Array<Column>(request.columns.length);
  let open = request.columns;
  let ranges = nominalRanges(request);
  while (open.length > 0) {
    const memory = takeMemory();
    const pass = new Pass(request, ranges, open, memory);
    if (!(await pass.run(threads))) return undefined;
    for (const { column, joiner } of pass.columns) {
      if (joiner === undefined) continue;
      columns[column.index] = joiner.finish();
      await request.slice.pause();
    }
    giveBackMemory(memory);
    open = pass.columns.filter(({ joiner }) => joiner === undefined).map(({ column }) => nextKind(column));
    ranges = pass.exact;
  }
  return columns;
}

function nominalRanges({ plan, start, pieceBytes }: PiecesRequest): Range[] {
  const nPieces = Math.max(1, Math.ceil((plan.size - start) / pieceBytes));
  return Array.from({ length: nPieces }, (_, i) => {
    const from = start + i * pieceBytes;
    return { from, to: Math.min(from + pieceBytes, plan.size), isExact: i === 0 };
  });
}

function nextKind(column: PieceColumn): PieceColumn {
  if (column.kind + 1 >= columnKinds(column.declared).length) throw new Error('a column of strings takes every cell');
  return { ...column, kind: column.kind + 1 };
}

let nPasses = 0;

/** All rows read once. */
class Pass {
  readonly columns: readonly OpenColumn[];
  /** The pieces as they proved to be. */
  readonly exact: Range[] = [];
  readonly #request: PiecesRequest;
  readonly #ranges: readonly Range[];
  /** Pieces that were read, with the columns they were asked for, until those before them are. */
  readonly #read = new Map<number, ReadPiece>();
  readonly #id = nPasses++;
  readonly #waiting: (() => void)[] = [];
  #next = 0;
  #nSettled = 0;
  /** Where the rows of the next piece to settle start. */
  #end: number;
  /** A piece to be read again, from {@link #end} on. */
  #retry = -1;
  #nRows = 0;
  #hasFailed = false;
  #isSettling = false;

  constructor(request: PiecesRequest, ranges: readonly Range[], columns: readonly PieceColumn[], memory: KernelMemory) {
    this.#request = request;
    this.#ranges = ranges;
    this.#end = request.start;
    this.columns = columns.map((column) => ({ column, joiner: new ColumnJoiner(memory) }));
  }

  /** Whether the text is in order; then the columns that kept their joiners are whole. */
  async run(threads: readonly ReadsPieces[]): Promise<boolean> {
    const lanes = threads.flatMap((read) => {
      const slots = Array.from({ length: SLOTS }, (_, slot) => slot);
      return Array.from({ length: LANES }, () => this.#work(read, slots));
    });
    const ends = await Promise.allSettled(lanes);
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    return !this.#hasFailed && this.#nRows > 0;
  }

  async #work(read: ReadsPieces, slots: number[]): Promise<void> {
    try {
      while (!this.#hasFailed && this.#nSettled < this.#ranges.length) {
        const task = slots.length === 0 ? undefined : this.#nextTask();
        if (task === undefined) await this.#turn();
        else await this.#take(task, read, slots);
      }
    } catch (error) {
      this.#hasFailed = true;
      throw error;
    } finally {
      this.#wake();
    }
  }

  #nextTask(): { index: number; range: Range } | undefined {
    if (this.#retry >= 0) {
      const index = this.#retry;
      this.#retry = -1;
      return { index, range: { from: this.#end, to: (this.#ranges[index] as Range).to, isExact: true } };
    }
    if (this.#next >= this.#ranges.length) return undefined;
    const index = this.#next++;
    return { index, range: this.#ranges[index] as Range };
  }

  /** Has a piece read into one of the thread's slots, which is free again once the piece is settled. */
  async #take({ index, range }: { index: number; range: Range }, read: ReadsPieces, slots: number[]): Promise<void> {
    const slot = slots.pop() as number;
    const asked = this.columns.filter(({ joiner }) => joiner !== undefined);
    const columns = asked.map(({ column }) => column);
    const piece = await read({ plan: this.#request.plan, pass: this.#id, slot, ...range, columns });
    if (this.#hasFailed) return;
    if (range.isExact && piece.isFaulty) this.#hasFailed = true;
    this.#read.set(index, { piece, asked, release: () => slots.push(slot) });
    if (!this.#hasFailed && !this.#isSettling) await this.#settle();
    this.#wake();
  }

  /** Takes in the pieces whose rows follow on those taken in before; one thread's loop does so at a time. */
  async #settle(): Promise<void> {
    this.#isSettling = true;
    try {
      await this.#settleInTurns();
    } finally {
      this.#isSettling = false;
    }
  }

  async #settleInTurns(): Promise<void> {
    const { onBytes, slice } = this.#request;
    while (!this.#hasFailed) {
      const range = this.#ranges[this.#nSettled];
      const found = this.#read.get(this.#nSettled);
      if (range === undefined || found === undefined) break;
      this.#read.delete(this.#nSettled);
      const isEmpty = this.#end >= range.to;
      if (!isEmpty && !this.#follows(found.piece)) {
        this.#retry = this.#nSettled;
        found.release();
        return;
      }
      if (!isEmpty) this.#join(found.piece, found.asked);
      found.release();
      this.#nSettled += 1;
      onBytes(this.#end);
      // Joining takes a few milliseconds, and what else there is to do should not wait for several.
      await slice.pause();
    }
  }

  #follows({ isFaulty, start, firstRow }: CsvPiece): boolean {
    return !isFaulty && start <= this.#end && this.#end <= firstRow;
  }

  #join({ parts, end, nRows }: CsvPiece, asked: readonly OpenColumn[]): void {
    this.exact.push({ from: this.#end, to: end, isExact: true });
    this.#end = end;
    this.#nRows += nRows;
    const { plan, start } = this.#request;
    const expectedRows = Math.ceil((1.02 * this.#nRows * (plan.size - start)) / (end - start));
    for (const [i, column] of asked.entries()) {
      const part = parts[i];
      if (part === undefined) column.joiner = undefined;
      else column.joiner?.add(part, expectedRows);
    }
  }

  #turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  #wake(): void {
    for (const resume of this.#waiting.splice(0)) resume();
  }
}
