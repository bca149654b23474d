// A CSV file that threads of the caller read piece by piece, for what needs each row once and no table.
import { type FileHandle, open } from 'node:fs/promises';
import type { LoadControl } from '../../core/data-loader.js';
import { timeSlice } from '../../core/time-slice.js';
import { bytesProgress } from '../bytes-progress.js';
import { declaredType } from '../declared-type.js';
import type { LocalFile } from '../local-file.js';
import { dictionarySeed } from '../string-dictionary.js';
import { isPlain, storedText } from '../text-bytes.js';
import { columnKinds } from './cells/column-kinds.js';
import type { ColumnType } from './cells/column-type.js';
import type { ResolvedCsvFileOptions } from './csv-file-options.js';
import type { CsvHead } from './csv-head.js';
import type { CsvFileTask, CsvPiece, PieceColumn } from './csv-piece.js';
import { csvSourceOf } from './csv-source.js';
import { fileHead } from './file-head.js';
import { hasCsvKernel } from './kernel/csv-kernel.js';
import { nominalRanges, type PassRequest, PiecePass, type ReadsPieces } from './piece-pass.js';
import { nextKind } from './read-csv-pieces.js';

/** Below, the kernel is not worth its start. */
const MIN_BYTES = 65_536;
const MAX_PIECE_BYTES = 2_097_152;
const MIN_PIECE_BYTES = 262_144;
/** Pieces of a file that is not large: enough that threads have equal shares. */
const N_PIECES = 16;

/** How to read; the tokens that mean missing are the loader's. */
export type PiecesControl = Omit<LoadControl, 'missing'>;

/** Has a thread read a piece. */
export type ReadsFilePieces = (task: CsvFileTask) => Promise<CsvPiece>;

/**
 * The pieces of the file that a CSV loader reads; undefined where it is of another kind, small, compressed, not UTF-8, or anything is
 * wrong with it that another reader has to word. Pieces depend on the file alone.
 * @throws what opening a remote file throws
 */
export async function csvPieces(loader: object, control: PiecesControl): Promise<CsvPieces | undefined> {
  const source = csvSourceOf(loader);
  if (source === undefined || !hasCsvKernel()) return undefined;
  const local = await source.open(control);
  const pieces = await opened(local, source.options, control).catch(() => undefined);
  if (pieces === undefined) await local.remove();
  return pieces;
}

async function opened(
  local: LocalFile,
  options: ResolvedCsvFileOptions,
  control: PiecesControl,
): Promise<CsvPieces | undefined> {
  if (!isPlain(await storedText(local, options))) return undefined;
  const file = await open(local.path);
  const stats = await file.stat();
  const isWorthIt = stats.isFile() && stats.size >= MIN_BYTES;
  const head = isWorthIt ? await fileHead(file, stats.size, options, control.types ?? {}) : undefined;
  if (head !== undefined) return new CsvPieces({ file, size: stats.size, local, head, options, control });
  await file.close();
  return undefined;
}

/** What {@link CsvPieces} reads. */
interface OpenedFile {
  readonly file: FileHandle;
  readonly size: number;
  readonly local: LocalFile;
  readonly head: CsvHead;
  readonly options: ResolvedCsvFileOptions;
  readonly control: PiecesControl;
}

/** A file with its head read. */
export class CsvPieces {
  readonly names: readonly string[];
  readonly sizeBytes: number;
  readonly #opened: OpenedFile;
  readonly #request: Pick<PassRequest, 'plan' | 'start' | 'ranges' | 'onBytes' | 'slice'>;
  #columns: readonly PieceColumn[];

  constructor(opened: OpenedFile) {
    const { size, local, head, options, control } = opened;
    const { names, delimiter, kinds, end: start } = head;
    this.names = names;
    this.sizeBytes = size;
    this.#opened = opened;
    this.#request = {
      plan: { size, hasMore: false, nColumns: names.length, options, delimiter, seed: dictionarySeed() },
      start,
      ranges: nominalRanges(start, size, pieceBytes(size - start)),
      onBytes: bytesProgress(control.onProgress, { before: 0, total: size, message: local.name }),
      slice: timeSlice(control.signal),
    };
    this.#columns = kinds.map((kind, index) => {
      return { index, kind, declared: declaredType(control.types ?? {}, names[index] as string) };
    });
  }

  /** The types that the columns are taken to have. */
  types(): ColumnType[] {
    return this.#columns.map(({ declared, kind }) => (columnKinds(declared)[kind] as { type: ColumnType }).type);
  }

  /**
   * Reads all rows once. `take` gets the pieces in order; what a piece holds is there until its promise is kept. `retyped` where a
   * cell did not fit its column's type: then {@link types} are others, and the rows are to be read again. `refused` where the text
   * is not in order.
   */
  async read(
    threads: readonly ReadsFilePieces[],
    take: (piece: CsvPiece) => Promise<void>,
  ): Promise<'read' | 'retyped' | 'refused'> {
    const misfits = new Set<number>();
    const isInOrder = this.#pass(threads, {
      columns: () => this.#columns,
      take(piece, asked) {
        noteMisfits(piece, asked, misfits);
        if (misfits.size > 0) throw MISFIT;
        return take(piece);
      },
    });
    const isRead = await isInOrder.catch((error: unknown) => {
      if (error !== MISFIT) throw error;
    });
    if (misfits.size > 0) await this.#retype(threads);
    return misfits.size > 0 ? 'retyped' : isRead === true ? 'read' : 'refused';
  }

  async close(): Promise<void> {
    await this.#opened.file.close();
    await this.#opened.local.remove();
  }

  /** Finds types that take every cell; what is known to fit is not read again. */
  async #retype(threads: readonly ReadsFilePieces[]): Promise<void> {
    for (let asked = this.#columns; asked.length > 0; ) {
      const misfits = new Set<number>();
      const open = asked;
      await this.#pass(threads, {
        columns: () => open.filter(({ index }) => !misfits.has(index)),
        take: (piece, found) => noteMisfits(piece, found, misfits),
      });
      asked = open.filter(({ index }) => misfits.has(index)).map(nextKind);
      const retyped = new Map(asked.map((column) => [column.index, column]));
      this.#columns = this.#columns.map((column) => retyped.get(column.index) ?? column);
    }
  }

  #pass(threads: readonly ReadsFilePieces[], more: Pick<PassRequest, 'columns' | 'take'>): Promise<boolean> {
    const { fd } = this.#opened.file;
    const readers = threads.map(
      (read): ReadsPieces =>
        (task) =>
          read({ ...task, fd }),
    );
    return new PiecePass({ ...this.#request, ...more }).run(readers);
  }
}

/** Ends a pass at the first cell that does not fit. */
const MISFIT = new Error('a cell is not of its column type');

function noteMisfits({ parts }: CsvPiece, asked: readonly PieceColumn[], misfits: Set<number>): undefined {
  for (const [i, { index }] of asked.entries()) if (parts[i] === undefined) misfits.add(index);
}

function pieceBytes(size: number): number {
  return Math.min(MAX_PIECE_BYTES, Math.max(MIN_PIECE_BYTES, Math.ceil(size / N_PIECES)));
}
