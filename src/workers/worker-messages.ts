// What the main thread and a worker say to each other.
import type { ErrorCode } from '../core/error-codes.js';

/** Asks a worker to do a task; the worker answers with any number of events and one result or error. */
export interface WorkerRequest<T> {
  readonly id: number;
  readonly task: T;
}

export type WorkerReply =
  | { readonly id: number; readonly kind: 'event' | 'result'; readonly value: unknown }
  | { readonly id: number; readonly kind: 'error'; readonly code: ErrorCode; readonly message: string };
