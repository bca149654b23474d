// Worker threads that are kept between calls and lent out, all a call needs at once, so that calls never wait for each other's
// half. Idle threads do not keep the process alive.
import { Worker } from 'node:worker_threads';
import { TabwrightError } from '../core/tabwright-error.js';
import type { WorkerReply } from './worker-messages.js';

/** One borrowed thread. */
export interface PoolThread<T> {
  /** Has the thread do a task. @throws what the task throws; WORKER_FAILED where the thread ends */
  run(task: T, onEvent?: (event: unknown) => void): Promise<unknown>;
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onEvent: ((event: unknown) => void) | undefined;
}

/** A pool over one worker source, which runs `serveWorker`. Threads start on first use. */
export class ThreadPool<T> {
  readonly #source: string;
  readonly #name: string;
  readonly #idle: PooledWorker<T>[] = [];
  readonly #waiting: { nThreads: number; start: () => void }[] = [];
  #nBorrowed = 0;

  /** @param source CommonJS text of the worker */
  constructor(source: string, name: string) {
    this.#source = source;
    this.#name = name;
  }

  /**
   * Runs `use` with threads of its own and takes them back; threads that failed are replaced. Calls are served in order.
   * @throws an error of the host where it does not allow worker threads
   */
  async borrow<R>(nThreads: number, limit: number, use: (threads: readonly PoolThread<T>[]) => Promise<R>): Promise<R> {
    await this.#turn(nThreads, Math.max(limit, nThreads));
    const threads: PooledWorker<T>[] = [];
    try {
      while (threads.length < nThreads) threads.push(this.#idle.pop() ?? new PooledWorker(this.#source, this.#name));
      await Promise.all(threads.map((thread) => thread.ready));
      for (const thread of threads) thread.hold(true);
      return await use(threads);
    } finally {
      // The first on top: it leads the next call too, with code that is compiled by then.
      for (const thread of threads.reverse()) this.#takeBack(thread);
      this.#nBorrowed -= nThreads;
      this.#waiting.shift()?.start();
    }
  }

  /** Ends all idle threads. */
  async close(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((thread) => thread.end()));
  }

  async #turn(nThreads: number, limit: number): Promise<void> {
    while (this.#nBorrowed > 0 && this.#nBorrowed + nThreads > limit) {
      await new Promise<void>((start) => {
        this.#waiting.push({ nThreads, start });
      });
    }
    this.#nBorrowed += nThreads;
  }

  #takeBack(thread: PooledWorker<T>): void {
    thread.hold(false);
    if (thread.isBusy) void thread.end();
    else if (!thread.hasEnded) this.#idle.push(thread);
  }
}

class PooledWorker<T> implements PoolThread<T> {
  readonly ready: Promise<unknown>;
  hasEnded = false;
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #nextId = 0;

  constructor(source: string, name: string) {
    this.#worker = new Worker(source, { eval: true, execArgv: [], name, stdin: false });
    this.ready = new Promise((resolve, reject) => {
      this.#pending.set(-1, { resolve, reject, onEvent: resolve });
    });
    this.#worker.on('message', (reply: WorkerReply) => this.#receive(reply));
    this.#worker.on('error', (cause) => this.#fail(cause));
    this.#worker.on('exit', () => this.#fail(undefined));
  }

  get isBusy(): boolean {
    return this.#pending.size > 0;
  }

  /** Whether the thread keeps the process alive. */
  hold(isHeld: boolean): void {
    if (isHeld) this.#worker.ref();
    else this.#worker.unref();
  }

  run(task: T, onEvent?: (event: unknown) => void): Promise<unknown> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, onEvent });
      this.#worker.postMessage({ id, task });
    });
  }

  async end(): Promise<void> {
    this.hasEnded = true;
    await this.#worker.terminate();
  }

  #receive(reply: WorkerReply): void {
    const pending = this.#pending.get(reply.id);
    if (reply.kind === 'event' && reply.id >= 0) {
      pending?.onEvent?.(reply.value);
      return;
    }
    this.#pending.delete(reply.id);
    if (reply.kind === 'error') pending?.reject(new TabwrightError(reply.code, reply.message));
    else pending?.resolve(reply.value);
  }

  #fail(cause: unknown): void {
    this.hasEnded = true;
    for (const { reject } of this.#pending.values()) {
      reject(new TabwrightError('WORKER_FAILED', 'a worker thread ended unexpectedly', { cause }));
    }
    this.#pending.clear();
  }
}
