// All rows of a text once, in pieces that several threads read: from guessed starts, which count where the rows before end exactly there;
// the other pieces are read again. What is handed out does not depend on the threads.
import type { TimeSlice } from '../../core/time-slice.js';
import type { CsvPiece, CsvPieceTask, CsvPlan, PieceColumn } from './csv-piece.js';

/** Reads a piece in a thread of its own. */
export type ReadsPieces = (task: CsvPieceTask) => Promise<CsvPiece>;

/** Where the rows of a piece start. */
export interface PieceRange {
  readonly from: number;
  readonly to: number;
  /** Whether a row starts at `from`, or may not. */
  readonly isExact: boolean;
}

/** What to read, and who takes it. */
export interface PassRequest {
  readonly plan: CsvPlan;
  /** Where the rows start, past the header. */
  readonly start: number;
  readonly ranges: readonly PieceRange[];
  /** The columns to ask for from now on. */
  columns(): readonly PieceColumn[];
  /**
   * Takes the pieces in the order of their rows, with the columns they were asked for; what a piece holds is there until the
   * promise given back is kept. An error ends the pass.
   */
  take(piece: CsvPiece, asked: readonly PieceColumn[]): Promise<void> | undefined;
  /** Hears how far the rows are read. */
  readonly onBytes: (completed: number) => void;
  readonly slice: TimeSlice;
}

/** Pieces that a thread may have read and not settled. */
const SLOTS = 4;
/** Pieces that a thread is asked for at once, so that it never waits for the next. */
const LANES = 2;

/** Pieces of a size from `start` on, of which only the first surely starts with a row. */
export function nominalRanges(start: number, size: number, pieceBytes: number): PieceRange[] {
  const nPieces = Math.max(1, Math.ceil((size - start) / pieceBytes));
  return Array.from({ length: nPieces }, (_, i) => {
    const from = start + i * pieceBytes;
    return { from, to: Math.min(from + pieceBytes, size), isExact: i === 0 };
  });
}

/** A piece that is read and waits for those before it. */
interface ReadPiece {
  readonly piece: CsvPiece;
  readonly asked: readonly PieceColumn[];
  /** Lets another piece take its room. */
  readonly release: () => void;
}

let nPasses = 0;

/** One pass; it runs once. */
export class PiecePass {
  /** The pieces as they proved to be. */
  readonly exact: PieceRange[] = [];
  readonly #request: PassRequest;
  /** Pieces that were read until those before them are. */
  readonly #read = new Map<number, ReadPiece>();
  readonly #id = nPasses++;
  readonly #waiting: (() => void)[] = [];
  readonly #taken = new Set<Promise<void>>();
  #next = 0;
  #nSettled = 0;
  /** Where the rows of the next piece to settle start. */
  #end: number;
  /** A piece to be read again, from {@link #end} on. */
  #retry = -1;
  #nRows = 0;
  #hasFailed = false;
  #isSettling = false;

  constructor(request: PassRequest) {
    this.#request = request;
    this.#end = request.start;
  }

  /** Whether the text is in order and has rows. @throws what taking a piece throws */
  async run(threads: readonly ReadsPieces[]): Promise<boolean> {
    const lanes = threads.flatMap((read) => {
      const slots = Array.from({ length: SLOTS }, (_, slot) => slot);
      return Array.from({ length: LANES }, () => this.#work(read, slots));
    });
    const ends = await Promise.allSettled(lanes);
    const taken = await Promise.allSettled(this.#taken);
    for (const end of [...ends, ...taken]) if (end.status === 'rejected') throw end.reason;
    return !this.#hasFailed && this.#nRows > 0;
  }

  async #work(read: ReadsPieces, slots: number[]): Promise<void> {
    try {
      while (!this.#hasFailed && this.#nSettled < this.#request.ranges.length) {
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

  #nextTask(): { index: number; range: PieceRange } | undefined {
    if (this.#retry >= 0) {
      const index = this.#retry;
      this.#retry = -1;
      return { index, range: { from: this.#end, to: (this.#request.ranges[index] as PieceRange).to, isExact: true } };
    }
    if (this.#next >= this.#request.ranges.length) return undefined;
    const index = this.#next++;
    return { index, range: this.#request.ranges[index] as PieceRange };
  }

  /** Has a piece read into one of the thread's slots, which is free again once the piece is settled. */
  async #take(
    { index, range }: { index: number; range: PieceRange },
    read: ReadsPieces,
    slots: number[],
  ): Promise<void> {
    const slot = slots.pop() as number;
    const columns = this.#request.columns();
    const piece = await read({ plan: this.#request.plan, pass: this.#id, slot, ...range, columns });
    if (this.#hasFailed) return;
    if (range.isExact && piece.isFaulty) this.#hasFailed = true;
    this.#read.set(index, { piece, asked: columns, release: () => slots.push(slot) });
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
      const range = this.#request.ranges[this.#nSettled];
      const found = this.#read.get(this.#nSettled);
      if (range === undefined || found === undefined) break;
      this.#read.delete(this.#nSettled);
      const isEmpty = this.#end >= range.to;
      if (!isEmpty && !this.#follows(found.piece)) {
        this.#retry = this.#nSettled;
        found.release();
        return;
      }
      if (isEmpty) found.release();
      else this.#hand(found);
      this.#nSettled += 1;
      onBytes(this.#end);
      // Joining takes a few milliseconds, and what else there is to do should not wait for several.
      await slice.pause();
    }
  }

  #follows({ isFaulty, start, firstRow }: CsvPiece): boolean {
    return !isFaulty && start <= this.#end && this.#end <= firstRow;
  }

  #hand({ piece, asked, release }: ReadPiece): void {
    this.exact.push({ from: this.#end, to: piece.end, isExact: true });
    this.#end = piece.end;
    this.#nRows += piece.nRows;
    const taking = this.#request.take(piece, asked);
    if (taking === undefined) release();
    else this.#await(taking, release);
  }

  #await(taking: Promise<void>, release: () => void): void {
    const taken = taking
      .then(release, (error: unknown) => {
        this.#hasFailed = true;
        throw error;
      })
      .finally(() => this.#wake());
    this.#taken.add(taken);
    taken.then(
      () => this.#taken.delete(taken),
      () => undefined,
    );
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
