// What a boosting worker is asked to do.
import type { BinRequest } from './bin-request.js';
import type { BoostingPlan } from './boosting-loop.js';
import type { EngineJob } from './engine.js';

export type BoosterTask =
  /** Take hold of a run's memory. */
  | { readonly kind: 'open'; readonly module: WebAssembly.Module; readonly memory: WebAssembly.Memory }
  | { readonly kind: 'bin'; readonly request: BinRequest }
  /** Thread 0 leads and reports its steps as events, several at a time; the others help. */
  | { readonly kind: 'train'; readonly job: EngineJob; readonly plan: BoostingPlan; readonly thread: number }
  /** Let go of the memory. */
  | { readonly kind: 'close' };
