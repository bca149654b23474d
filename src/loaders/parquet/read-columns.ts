// Reads columns of some row groups, on worker threads where the work is worth them. The result does not depend on the threads.
import { availableParallelism } from 'node:os';
import type { TimeSlice } from '../../core/time-slice.js';
import type { Column } from '../../table/column.js';
import { ThreadPool } from '../../workers/thread-pool.js';
import { PARQUET_WORKER_SOURCE } from '../generated/parquet-worker-source.js';
import type { ColumnPart } from './column-part.js';
import { joinedColumn } from './joined-column.js';
import type { PlannedColumn } from './parquet-plan.js';
import type { ChunksTask } from './read-chunks.js';

/** Below, starting threads takes longer than it saves. */
const MIN_THREADED_BYTES = 2_097_152;
const MAX_THREADS = 8;
/** Tasks a thread, where columns are few: so that threads end at about the same time. */
const TASKS_PER_THREAD = 4;

let pool: ThreadPool<ChunksTask> | undefined;

/** Columns to read. */
export interface ColumnsRequest {
  /** A descriptor of the file, or its bytes. */
  readonly file: number | Uint8Array;
  readonly columns: readonly PlannedColumn[];
  /** Row groups to read, from the first to before the last. */
  readonly groups: { readonly from: number; readonly to: number };
  /** 0 for as many as suit the data. */
  readonly numThreads: number;
  readonly signal: AbortSignal | undefined;
  /** Hears the bytes of each chunk that is read. */
  readonly onChunk: (nBytes: number) => void;
  readonly slice: TimeSlice;
}

interface Part {
  readonly task: ChunksTask;
  /** Position of the column. */
  readonly column: number;
  /** Position among the column's parts. */
  readonly index: number;
  /** A guess of the time it takes. */
  readonly cost: number;
}

type ReadPart = (task: ChunksTask, onChunk: (nBytes: number) => void) => Promise<ColumnPart>;

/** The columns, in order. @throws the errors of `readChunks`; CANCELLED, WORKER_FAILED */
export async function readParquetColumns(request: ColumnsRequest): Promise<Column[]> {
  const nThreads = threadsFor(request);
  if (nThreads > 1) {
    const columns = await onThreads(nThreads, request);
    if (columns !== undefined) return columns;
  }
  // Loaded here: its decompressors are WebAssembly, which a host may lack that reads no Parquet.
  const { readChunks } = await import('./read-chunks.js');
  return readParts(request, partsOf(request, 1), [
    async (task, onChunk) => {
      await request.slice.pause();
      return readChunks(task, onChunk);
    },
  ]);
}

function threadsFor({ numThreads, columns, groups }: ColumnsRequest): number {
  const chunks = columns.flatMap(({ chunks: all }) => all.slice(groups.from, groups.to));
  if (numThreads > 0) return Math.min(numThreads, chunks.length);
  if (chunks.reduce((sum, { nBytes }) => sum + nBytes, 0) < MIN_THREADED_BYTES) return 1;
  return Math.min(MAX_THREADS, availableParallelism(), chunks.length);
}

/** Undefined where the host starts no threads. */
async function onThreads(nThreads: number, request: ColumnsRequest): Promise<Column[] | undefined> {
  pool ??= new ThreadPool(PARQUET_WORKER_SOURCE, 'tabwright-parquet');
  let hasStarted = false;
  try {
    return await pool.borrow(nThreads, availableParallelism(), (threads) => {
      hasStarted = true;
      const readers = threads.map((thread): ReadPart => {
        return (task, onChunk) => thread.run(task, (nBytes) => onChunk(nBytes as number)) as Promise<ColumnPart>;
      });
      return readParts(request, partsOf(request, nThreads), readers);
    });
  } catch (error) {
    if (hasStarted) throw error;
    return undefined;
  }
}

/** The columns as tasks, the long ones first. A column is one task, unless there are too few to keep the threads busy. */
function partsOf(request: ColumnsRequest, nThreads: number): Part[] {
  const { columns, groups, file } = request;
  const nGroups = groups.to - groups.from;
  const nParts = nThreads === 1 ? 1 : Math.min(nGroups, Math.ceil((TASKS_PER_THREAD * nThreads) / columns.length));
  const parts = columns.flatMap(({ name, type, isOptional, chunks }, column) =>
    Array.from({ length: nParts }, (_, index): Part => {
      const first = groups.from + Math.floor((index * nGroups) / nParts);
      const last = groups.from + Math.floor(((index + 1) * nGroups) / nParts);
      const own = chunks.slice(first, last);
      const nBytes = own.reduce((sum, chunk) => sum + chunk.nBytes, 0);
      const cost = type.kind === 'string' ? 3 * nBytes : nBytes;
      return { task: { file, column: name, type, isOptional, chunks: own }, column, index, cost };
    }),
  );
  return parts.sort((a, b) => b.cost - a.cost);
}

async function readParts(
  { columns, signal, onChunk, slice }: ColumnsRequest,
  parts: readonly Part[],
  readers: readonly ReadPart[],
): Promise<Column[]> {
  const found = columns.map((): ColumnPart[] => []);
  const finished = new Array<Column>(columns.length);
  const nParts = parts.length / columns.length;
  const waiting = [...parts];
  const work = async (read: ReadPart): Promise<void> => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
      const own = found[part.column] as ColumnPart[];
      own[part.index] = await read(part.task, onChunk);
      if (Object.keys(own).length === nParts) finished[part.column] = await joinedColumn(own, slice);
    }
  };
  await untilAborted(Promise.all(readers.map(work)), signal, slice);
  return finished;
}

/** Leaves work under way behind where the signal is aborted: the pool ends threads that are still busy. */
async function untilAborted(work: Promise<unknown>, signal: AbortSignal | undefined, slice: TimeSlice): Promise<void> {
  if (signal === undefined) {
    await work;
    return;
  }
  let stop = (): void => {};
  const aborted = new Promise<void>((resolve) => {
    stop = resolve;
    signal.addEventListener('abort', stop, { once: true });
  });
  work.catch(() => {});
  await Promise.race([work, aborted]);
  signal.removeEventListener('abort', stop);
  if (signal.aborted) await slice.pause();
}
