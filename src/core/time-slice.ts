// Long loops on the event loop: they ask whether their slice of time is over, and if so let other work run.
import { checkSignal } from './check-signal.js';

const SLICE_MS = 25;

/** One long call's share of the event loop. */
export interface TimeSlice {
  /** Whether it is time to pause; cheap enough to ask every few thousand numbers. */
  due(): boolean;
  /** Lets the event loop turn. @throws CANCELLED where the signal was aborted */
  pause(): Promise<void>;
}

/**
 * Starts a slice of about 25 ms, and another after each pause.
 * @throws CANCELLED where the signal was aborted before
 */
export function timeSlice(signal?: AbortSignal): TimeSlice {
  checkSignal(signal);
  let start = performance.now();
  return {
    due: () => performance.now() - start >= SLICE_MS,
    async pause() {
      await new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
      checkSignal(signal);
      start = performance.now();
    },
  };
}
