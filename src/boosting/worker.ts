// The entry of a boosting worker; scripts/generate.mjs bundles it to a string. A thin shell: what it calls is tested directly.
import { awaitAnswer, leadCrew, serveCrew } from '../workers/crew.js';
import { serveWorker } from '../workers/serve-worker.js';
import { binStagedColumn } from './bin-column.js';
import type { BoosterTask } from './booster-task.js';
import { boost } from './boosting-loop.js';
import { createEngine } from './engine.js';
import type { Kernels } from './kernels.js';
import { type MemoryViews, memoryViews } from './memory-views.js';
import { runOperation } from './operations.js';
import { StepBatch } from './step-batch.js';
import { wasmKernels } from './wasm-kernels.js';

interface OpenRun {
  readonly buffer: ArrayBufferLike;
  readonly views: MemoryViews;
  readonly kernels: Kernels;
}

let run: OpenRun | undefined;

serveWorker<BoosterTask>((task, emit) => {
  if (task.kind === 'open') {
    const { buffer } = task.memory;
    run = { buffer, views: memoryViews(buffer), kernels: wasmKernels(task.module, task.memory) };
  } else if (task.kind === 'close') run = undefined;
  else if (run !== undefined && task.kind === 'bin') return binStagedColumn(run.views, run.kernels, task.request);
  else if (run !== undefined && task.kind === 'train') train(run, task, emit);
  return undefined;
});

function train(
  { buffer, views, kernels }: OpenRun,
  { job, plan, thread }: Extract<BoosterTask, { kind: 'train' }>,
  emit: (step: unknown) => void,
): void {
  const engine = createEngine(job, views, kernels);
  const work = (operation: number, args: Float64Array, of: number): void => runOperation(engine, operation, args, of);
  if (thread > 0) {
    serveCrew(buffer, thread, work);
    return;
  }
  const crew = leadCrew(buffer, job.layout.nThreads, work);
  const steps = new StepBatch(emit);
  try {
    const boosting = boost(engine, crew, plan);
    let next = boosting.next();
    while (next.done !== true) {
      const asks = next.value.kind !== 'iteration';
      steps.add(next.value, asks);
      next = boosting.next(asks ? awaitAnswer(buffer) : undefined);
    }
  } finally {
    steps.send();
    crew.dismiss();
  }
}
