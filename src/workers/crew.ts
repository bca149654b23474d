// Fork and join between threads that share memory: one leads, the others wait for its word. Waiting spins for a moment, then sleeps.

import { TabwrightError } from '../core/tabwright-error.js';

/** Byte length of the control block at the start of the shared memory. */
export const CREW_CONTROL_BYTES = 1024;

/** Does thread `thread`'s share of an operation. */
export type ShareOfWork = (operation: number, args: Float64Array, thread: number) => void;

/** The leading thread's side. */
export interface Crew {
  readonly nThreads: number;
  /**
   * Has every thread, this one included, do its share; returns when all have.
   * @throws CANCELLED after {@link cancelCrew}
   * @throws WORKER_FAILED where a helper failed
   */
  run(operation: number, ...args: number[]): void;
  /** Lets the helpers leave {@link serveCrew}. */
  dismiss(): void;
}

const EPOCH = 0;
const DONE = 16;
const SLEEPING = 32;
const OPERATION = 48;
const FAILED = 64;
const CANCELLED = 80;
const ANSWERED = 96;
const ARGUMENTS_BYTE = 512;
const N_ARGUMENTS = 16;
const ANSWER = N_ARGUMENTS;
const DISMISS = -1;
const SPINS = 20_000;

/** Leads `nThreads - 1` helpers that call {@link serveCrew} on the same memory; with one thread it needs no shared memory. */
export function leadCrew(buffer: ArrayBufferLike, nThreads: number, work: ShareOfWork): Crew {
  const words = new Int32Array(buffer, 0, ARGUMENTS_BYTE / 4);
  const args = new Float64Array(buffer, ARGUMENTS_BYTE, N_ARGUMENTS);
  function fork(operation: number): void {
    Atomics.store(words, DONE, 0);
    words[OPERATION] = operation;
    Atomics.add(words, EPOCH, 1);
    if (Atomics.load(words, SLEEPING) > 0) Atomics.notify(words, EPOCH);
  }
  return {
    nThreads,
    run(operation, ...given) {
      if (Atomics.load(words, CANCELLED) !== 0) throw new TabwrightError('CANCELLED', 'the operation was cancelled');
      for (let i = 0; i < given.length; i++) args[i] = given[i] as number;
      if (nThreads > 1) fork(operation);
      work(operation, args, 0);
      if (nThreads > 1) awaitValue(words, DONE, (done) => done === nThreads - 1);
      if (Atomics.load(words, FAILED) !== 0) throw new TabwrightError('WORKER_FAILED', 'a helper thread failed');
    },
    dismiss() {
      if (nThreads > 1) fork(DISMISS);
    },
  };
}

/** Helps until dismissed, or until its own share throws, which the leader then hears of. */
export function serveCrew(buffer: ArrayBufferLike, thread: number, work: ShareOfWork): void {
  const words = new Int32Array(buffer, 0, ARGUMENTS_BYTE / 4);
  const args = new Float64Array(buffer, ARGUMENTS_BYTE, N_ARGUMENTS);
  let seen = 0;
  for (;;) {
    awaitValue(words, EPOCH, (epoch) => epoch !== seen);
    seen = Atomics.load(words, EPOCH);
    const operation = words[OPERATION] as number;
    if (operation === DISMISS) return;
    try {
      work(operation, args, thread);
    } catch (error) {
      Atomics.store(words, FAILED, 1);
      throw error;
    } finally {
      Atomics.add(words, DONE, 1);
      if (Atomics.load(words, SLEEPING) > 0) Atomics.notify(words, DONE);
    }
  }
}

/** Clears the control block, before the threads of a run start. */
export function resetCrew(buffer: ArrayBufferLike): void {
  new Int32Array(buffer, 0, CREW_CONTROL_BYTES / 4).fill(0);
}

/** Ends the run at its next operation. */
export function cancelCrew(buffer: ArrayBufferLike): void {
  Atomics.store(new Int32Array(buffer, 0, ARGUMENTS_BYTE / 4), CANCELLED, 1);
}

/** Gives the leader the number it waits for in {@link awaitAnswer}. Never blocks. */
export function answerCrew(buffer: ArrayBufferLike, answer: number): void {
  const words = new Int32Array(buffer, 0, ARGUMENTS_BYTE / 4);
  new Float64Array(buffer, ARGUMENTS_BYTE, N_ARGUMENTS + 1)[ANSWER] = answer;
  Atomics.store(words, ANSWERED, 1);
  Atomics.notify(words, ANSWERED);
}

/** Sleeps until another thread answers. For worker threads only. */
export function awaitAnswer(buffer: ArrayBufferLike): number {
  const words = new Int32Array(buffer, 0, ARGUMENTS_BYTE / 4);
  Atomics.wait(words, ANSWERED, 0);
  Atomics.store(words, ANSWERED, 0);
  return new Float64Array(buffer, ARGUMENTS_BYTE, N_ARGUMENTS + 1)[ANSWER] as number;
}

function awaitValue(words: Int32Array, index: number, isReached: (value: number) => boolean): void {
  for (let spin = 0; spin < SPINS; spin++) if (isReached(Atomics.load(words, index))) return;
  Atomics.add(words, SLEEPING, 1);
  for (;;) {
    const value = Atomics.load(words, index);
    if (isReached(value)) break;
    Atomics.wait(words, index, value);
  }
  Atomics.sub(words, SLEEPING, 1);
}
