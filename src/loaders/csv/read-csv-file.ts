// Reads a large CSV file on several threads, each with its own buffer, so that no thread ever holds the file.
import type { Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { ColumnTable } from 'arquero';
import type { FieldType } from '../../core/feature-spec.js';
import { makeTable } from '../../table/make-table.js';
import { ThreadPool } from '../../workers/thread-pool.js';
import { declaredType } from '../declared-type.js';
import { CSV_WORKER_SOURCE } from '../generated/csv-worker-source.js';
import { dictionarySeed } from '../string-dictionary.js';
import type { ResolvedCsvOptions } from './csv-options.js';
import type { CsvFileTask, CsvPiece } from './csv-piece.js';
import { fileHead } from './file-head.js';
import { hasCsvKernel } from './kernel/csv-kernel.js';
import type { ReadsPieces } from './piece-pass.js';
import { type PiecesRequest, readCsvPieces } from './read-csv-pieces.js';

const PIECE_BYTES = 2_097_152;
/** Below, starting threads takes longer than it saves. */
const MIN_THREADED_BYTES = 4 * PIECE_BYTES;
const MAX_THREADS = 8;

let pool: ThreadPool<CsvFileTask> | undefined;

/** How to read a file in pieces. */
export interface CsvFileRequest extends Pick<PiecesRequest, 'onBytes' | 'slice'> {
  readonly path: string;
  readonly options: ResolvedCsvOptions;
  readonly types: Readonly<Record<string, FieldType>>;
  /** 0 for as many as suit the file. */
  readonly numThreads: number;
}

/**
 * The table in a file, or undefined where one thread has to read it: a small file, a host without worker threads, or a text that is
 * not in order, so that one parser alone words what is wrong with it.
 * @throws STORAGE_FAILED, WORKER_FAILED, CANCELLED
 */
export async function readCsvFile(request: CsvFileRequest): Promise<ColumnTable | undefined> {
  const nThreads = threadsFor(request.numThreads, await stat(request.path));
  if (nThreads < 2 || !hasCsvKernel()) return undefined;
  const file = await open(request.path);
  try {
    const { size } = await file.stat();
    return await withThreads(nThreads, (threads) =>
      readInPieces(
        request,
        { file, size, pieceBytes: PIECE_BYTES },
        threads.map((read) => (task) => read({ ...task, fd: file.fd })),
      ),
    );
  } finally {
    await file.close();
  }
}

function threadsFor(asked: number, file: Stats): number {
  if (!file.isFile() || file.size < MIN_THREADED_BYTES) return 1;
  return asked === 0 ? Math.min(MAX_THREADS, availableParallelism()) : asked;
}

/** {@link readCsvFile} on threads that are there, in pieces of a size that is given. */
export async function readInPieces(
  { options, types, onBytes, slice }: Pick<CsvFileRequest, 'options' | 'types' | 'onBytes' | 'slice'>,
  { file, size, pieceBytes }: { readonly file: FileHandle; readonly size: number; readonly pieceBytes: number },
  threads: readonly ReadsPieces[],
): Promise<ColumnTable | undefined> {
  const head = await fileHead(file, size, options, types);
  if (head === undefined) return undefined;
  const { names, delimiter, kinds, end } = head;
  const plan = { size, hasMore: false, nColumns: names.length, options, delimiter, seed: dictionarySeed() };
  const columns = kinds.map((kind, index) => ({ index, kind, declared: declaredType(types, names[index] as string) }));
  const found = await readCsvPieces({ plan, start: end, pieceBytes, columns, onBytes, slice }, threads);
  return found && makeTable(names.map((name, index) => [name, found[index] as (typeof found)[number]] as const));
}

/** Undefined where the host starts no threads. */
async function withThreads<R>(
  nThreads: number,
  use: (threads: readonly ((task: CsvFileTask) => Promise<CsvPiece>)[]) => Promise<R>,
): Promise<R | undefined> {
  pool ??= new ThreadPool(CSV_WORKER_SOURCE, 'tabwright-csv');
  let hasStarted = false;
  try {
    return await pool.borrow(nThreads, availableParallelism(), (threads) => {
      hasStarted = true;
      return use(threads.map((thread) => (task) => thread.run(task) as Promise<CsvPiece>));
    });
  } catch (error) {
    if (hasStarted) throw error;
    return undefined;
  }
}
