// Memory and threads for one training run: worker threads over shared memory, or this thread where the host has neither.
import { availableParallelism } from 'node:os';
import { leadCrew, resetCrew } from '../workers/crew.js';
import { type PoolThread, ThreadPool } from '../workers/thread-pool.js';
import { binStagedColumn } from './bin-column.js';
import type { BinRequest } from './bin-request.js';
import type { BoosterTask } from './booster-task.js';
import { type BoostingPlan, type BoostingStep, boost } from './boosting-loop.js';
import type { ColumnPlan } from './column-plan.js';
import { createEngine, type EngineJob } from './engine.js';
import { WORKER_SOURCE } from './generated/worker-source.js';
import { kernelModule } from './kernel-module.js';
import type { Kernels } from './kernels.js';
import { type LayoutRequest, type MemoryLayout, memoryLayout } from './memory-layout.js';
import { memoryViews } from './memory-views.js';
import { runOperation } from './operations.js';
import { plainKernels } from './plain-kernels.js';
import { wasmKernels } from './wasm-kernels.js';

/** What a run needs of its host. */
export interface TrainingRuntime {
  readonly buffer: ArrayBufferLike;
  /** How many columns can be binned at once, each by its own thread. */
  readonly nThreads: number;
  bin(thread: number, request: BinRequest): Promise<ColumnPlan>;
  /** Boosts; `onStep` answers steps that ask for something through `answerCrew`, or by its result where this thread trains. */
  train(job: EngineJob, plan: BoostingPlan, onStep: (step: BoostingStep) => number | undefined): Promise<void>;
  /** Whether steps are answered across threads. */
  readonly isRemote: boolean;
}

let pool: ThreadPool<BoosterTask> | undefined;

/** Threads for this much data where the caller does not say: one below about 7,500 rows of 20 columns, else one a processor, at most 8. */
export function threadsFor(nRows: number, nColumns: number): number {
  return nRows * Math.max(nColumns, 8) < 150_000 ? 1 : Math.min(8, availableParallelism());
}

/**
 * Runs `use` with memory laid out as asked; `plain` keeps to this thread and TypeScript. Where the host starts no worker threads,
 * as under Node's permission model, this thread does all the work.
 */
export async function withRuntime<R>(
  request: LayoutRequest,
  plain: boolean,
  use: (runtime: TrainingRuntime, layout: MemoryLayout) => Promise<R>,
): Promise<R> {
  const layout = memoryLayout(request);
  const alone = memoryLayout({ ...request, nThreads: 1 });
  const shared = plain ? undefined : sharedMemory(layout);
  if (shared === undefined) return use(localRuntime(new ArrayBuffer(alone.totalBytes), plainKernels), alone);
  const { module, memory } = shared;
  pool ??= new ThreadPool(WORKER_SOURCE, 'tabwright-boosting');
  let hasStarted = false;
  try {
    return await pool.borrow(layout.nThreads, availableParallelism(), async (threads) => {
      hasStarted = true;
      await Promise.all(threads.map((thread) => thread.run({ kind: 'open', module, memory })));
      try {
        return await use(remoteRuntime(memory.buffer, threads), layout);
      } finally {
        await Promise.allSettled(threads.map((thread) => thread.run({ kind: 'close' })));
      }
    });
  } catch (error) {
    if (hasStarted) throw error;
    return use(
      localRuntime(memory.buffer, () => wasmKernels(module, memory)),
      alone,
    );
  }
}

/** Ends the idle training threads; the next training starts new ones. */
export async function closeTrainingThreads(): Promise<void> {
  await pool?.close();
}

function sharedMemory(layout: MemoryLayout): { module: WebAssembly.Module; memory: WebAssembly.Memory } | undefined {
  const pages = Math.ceil(layout.totalBytes / 65536);
  try {
    const module = kernelModule();
    return { module, memory: new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }) };
  } catch {
    return undefined;
  }
}

function remoteRuntime(buffer: ArrayBufferLike, threads: readonly PoolThread<BoosterTask>[]): TrainingRuntime {
  return {
    buffer,
    nThreads: threads.length,
    isRemote: true,
    bin: async (thread, request) => (await threads[thread]?.run({ kind: 'bin', request })) as ColumnPlan,
    async train(job, plan, onStep) {
      resetCrew(buffer);
      await Promise.all(
        threads.map((thread, i) =>
          thread.run({ kind: 'train', job, plan, thread: i }, (steps) => {
            for (const step of steps as readonly BoostingStep[]) onStep(step);
          }),
        ),
      );
    },
  };
}

function localRuntime(buffer: ArrayBufferLike, kernelsOf: (buffer: ArrayBufferLike) => Kernels): TrainingRuntime {
  const views = memoryViews(buffer);
  const kernels = kernelsOf(buffer);
  return {
    buffer,
    nThreads: 1,
    isRemote: false,
    bin: async (_thread, request) => binStagedColumn(views, kernels, request),
    async train(job, plan, onStep) {
      const engine = createEngine(job, views, kernels);
      const crew = leadCrew(buffer, 1, (operation, args, thread) => runOperation(engine, operation, args, thread));
      const steps = boost(engine, crew, plan);
      let next = steps.next();
      while (next.done !== true) {
        const answer = onStep(next.value);
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
        next = steps.next(answer);
      }
    },
  };
}
