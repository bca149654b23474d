// Tells whoever follows a job of its changes. A slow follower gets the latest state, not every one.
import { checkSignal } from '../core/check-signal.js';
import type { Job } from '../core/job-queue.js';

/** Followers by job. */
export class JobWatch {
  readonly #waiting = new Map<string, Set<() => void>>();

  /** A job has changed. */
  tell({ id }: Job): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    for (const wake of waiting ?? []) wake();
  }

  /** The job now and after every change, until it has ended. @throws CANCELLED, and what `read` throws */
  async *follow(read: () => Job, hasEnded: (job: Job) => boolean, signal?: AbortSignal): AsyncGenerator<Job> {
    let job = read();
    while (true) {
      checkSignal(signal);
      yield job;
      if (hasEnded(job)) return;
      if (read() === job) await this.#change(job.id, signal);
      job = read();
    }
  }

  /** The next change, or the abort. */
  #change(id: string, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(id) ?? new Set();
      this.#waiting.set(id, waiting);
      const wake = (): void => {
        waiting.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      waiting.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }
}
