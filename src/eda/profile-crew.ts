// The threads of a profile: each has some of the columns from the first chunk to the last, so that the result does not depend on how
// many there are. Where the host starts none, this thread does their work in short steps.
import { availableParallelism } from 'node:os';
import type { TimeSlice } from '../core/time-slice.js';
import type { CsvPiece } from '../loaders/csv/csv-piece.js';
import type { ReadsFilePieces } from '../loaders/csv/csv-pieces.js';
import { type PoolThread, ThreadPool } from '../workers/thread-pool.js';
import type { AccumulatorSettings } from './accumulators/accumulator-settings.js';
import type { AccumulatedColumn } from './accumulators/column-accumulator.js';
import type { AssociationSample, PairAssociations } from './associations/association-sample.js';
import type { ChunkStrings, ColumnChunk, TableChunk } from './column-chunk.js';
import { PROFILE_WORKER_SOURCE } from './generated/profile-worker-source.js';
import { TaskPerformer } from './perform-task.js';
import type { ProfileTask } from './profile-task.js';

const MAX_THREADS = 8;

/** Two hashes of 32 bits for each row of a chunk. */
export interface ChunkHashes {
  readonly first: Int32Array;
  readonly second: Int32Array;
}

type Performs = (task: ProfileTask) => Promise<unknown>;

let pool: ThreadPool<ProfileTask> | undefined;

/** Runs `use` with a crew of so many threads; with none, of this one. */
export async function withCrew<R>(
  nThreads: number,
  slice: TimeSlice,
  use: (crew: ProfileCrew) => Promise<R>,
): Promise<R> {
  if (nThreads === 0) return use(new ProfileCrew([localPerformer(slice)], 0));
  pool ??= new ThreadPool(PROFILE_WORKER_SOURCE, 'tabwright-profile');
  let hasStarted = false;
  try {
    return await pool.borrow(nThreads, availableParallelism(), async (threads) => {
      hasStarted = true;
      try {
        return await use(new ProfileCrew(threads.map(remotePerformer), nThreads));
      } finally {
        await Promise.allSettled(threads.map((thread) => thread.run({ kind: 'close' })));
      }
    });
  } catch (error) {
    if (hasStarted) throw error;
    return use(new ProfileCrew([localPerformer(slice)], 0));
  }
}

/** One a processor where the caller does not say; but one where this thread is busy reading. */
export function crewSize(asked: number, isReadHere: boolean): number {
  const free = availableParallelism() - (isReadHere ? 1 : 0);
  return asked === 0 ? Math.max(1, Math.min(MAX_THREADS, free)) : asked;
}

/** Ends the idle threads; the next profile starts new ones. */
export async function closeProfileThreads(): Promise<void> {
  await pool?.close();
}

function remotePerformer(thread: PoolThread<ProfileTask>): Performs {
  return (task) => thread.run(task);
}

/** Does a column at a time, and pauses when it has taken long. */
function localPerformer(slice: TimeSlice): Performs {
  const performer = new TaskPerformer();
  return async (task) => {
    if (slice.due()) await slice.pause();
    return performer.perform(task);
  };
}

/** Leads the threads. */
export class ProfileCrew {
  /** 0 where this thread does the work. */
  readonly nThreads: number;
  private readonly threads: readonly Performs[];
  /** For each thread the columns it has. */
  private shares: number[][] = [];
  /** For each column the dictionary that its thread has. */
  private dictionaries: (ChunkStrings | undefined)[] = [];
  /** The chunk added last, where this thread does the work: it would do columns of two chunks in turns, and not in their order. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(threads: readonly Performs[], nThreads: number) {
    this.threads = threads;
    this.nThreads = nThreads;
  }

  /** Deals the columns out: strings first, which take longest. */
  async open(settings: AccumulatorSettings, kinds: readonly ColumnChunk['kind'][]): Promise<void> {
    const order = kinds.map((_, index) => index).sort((a, b) => weight(kinds[b]) - weight(kinds[a]) || a - b);
    this.dictionaries = [];
    this.shares = this.threads.map((_, thread) => order.filter((_, i) => i % this.threads.length === thread));
    await this.each((share) => ({
      kind: 'open',
      settings,
      columns: share.map((index) => ({ index, kind: kinds[index] as ColumnChunk['kind'] })),
    }));
  }

  /** Adds a chunk; the rows' hashes over all columns. */
  add(chunk: TableChunk): Promise<ChunkHashes> {
    if (this.nThreads > 0) return this.addNow(chunk);
    const added = this.last.then(() => this.addNow(chunk));
    this.last = added.catch(() => undefined);
    return added;
  }

  private async addNow({ nRows, columns }: TableChunk): Promise<ChunkHashes> {
    const sum: ChunkHashes = { first: new Int32Array(nRows), second: new Int32Array(nRows) };
    await Promise.all(
      this.shares.map(async (share, thread) => {
        for (const positions of this.steps(share)) {
          const chunks = positions.map((position) => this.withoutKnown(share[position] as number, columns));
          const task: ProfileTask = { kind: 'add', nRows, positions, chunks };
          addHashes(sum, (await this.threads[thread]?.(task)) as ChunkHashes);
        }
      }),
    );
    return sum;
  }

  /** The columns in the order of the table. */
  async finish(): Promise<AccumulatedColumn[]> {
    const columns: AccumulatedColumn[] = [];
    await Promise.all(
      this.shares.map(async (share, thread) => {
        for (const [position, index] of share.entries()) {
          columns[index] = (await this.threads[thread]?.({ kind: 'finish', position })) as AccumulatedColumn;
        }
      }),
    );
    return columns;
  }

  /** What has each thread read pieces of a CSV file. */
  get readers(): ReadsFilePieces[] {
    return this.threads.map((perform) => (task) => perform({ kind: 'read', task }) as Promise<CsvPiece>);
  }

  /** For each column its associations with those that follow it. */
  async associate(sample: AssociationSample): Promise<PairAssociations[][]> {
    const nColumns = sample.columns.length;
    await Promise.all(this.threads.map((perform) => perform({ kind: 'sample', sample })));
    await this.share(nColumns, (column) => ({ kind: 'rank', column }));
    return this.share(nColumns, (first) => ({ kind: 'associate', first })) as Promise<PairAssociations[][]>;
  }

  /** Has tasks done by whichever thread is free; their answers in order. */
  private async share(nTasks: number, task: (index: number) => ProfileTask): Promise<unknown[]> {
    const answers: unknown[] = [];
    let next = 0;
    await Promise.all(
      this.threads.map(async (perform) => {
        while (next < nTasks) {
          const index = next++;
          answers[index] = await perform(task(index));
        }
      }),
    );
    return answers;
  }

  private async each(task: (share: readonly number[]) => ProfileTask): Promise<void> {
    await Promise.all(this.shares.map((share, thread) => this.threads[thread]?.(task(share))));
  }

  /** Positions of a share that are done at once: all by a thread, one by this thread, which pauses between. */
  private steps(share: readonly number[]): number[][] {
    const positions = [...share.keys()];
    return this.nThreads === 0 ? positions.map((position) => [position]) : [positions];
  }

  /** A dictionary goes to a thread once. */
  private withoutKnown(index: number, columns: readonly ColumnChunk[]): ColumnChunk {
    const chunk = columns[index] as ColumnChunk;
    if (chunk.kind !== 'string') return chunk;
    if (this.dictionaries[index] === chunk.values) return { ...chunk, values: undefined };
    this.dictionaries[index] = chunk.values;
    return chunk;
  }
}

function weight(kind: ColumnChunk['kind'] | undefined): number {
  return kind === 'string' ? 2 : kind === 'boolean' ? 0 : 1;
}

function addHashes(sum: ChunkHashes, { first, second }: ChunkHashes): void {
  for (let row = 0; row < first.length; row++) {
    sum.first[row] = (sum.first[row] as number) + (first[row] as number);
    sum.second[row] = (sum.second[row] as number) + (second[row] as number);
  }
}
