// Steps of boosting sent to the caller several at a time: each message wakes the caller's thread, which takes a processor from training.
import type { BoostingStep } from './boosting-loop.js';

const MOST_MS = 40;

export class StepBatch {
  readonly #emit: (steps: readonly BoostingStep[]) => void;
  #steps: BoostingStep[] = [];
  #sentAt = performance.now();

  constructor(emit: (steps: readonly BoostingStep[]) => void) {
    this.#emit = emit;
  }

  /** Adds a step, and sends all where this one `isUrgent` or the last were sent a while ago. */
  add(step: BoostingStep, isUrgent: boolean): void {
    this.#steps.push(step);
    if (isUrgent || performance.now() - this.#sentAt >= MOST_MS) this.send();
  }

  send(): void {
    if (this.#steps.length > 0) this.#emit(this.#steps);
    this.#steps = [];
    this.#sentAt = performance.now();
  }
}
